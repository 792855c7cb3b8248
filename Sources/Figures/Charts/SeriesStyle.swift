// SPDX-License-Identifier: Apache-2.0
import Images

/// The colour, the dashes and the mark of the n-th series, all three at once so that none carries the meaning alone.
///
/// Each colour has a contrast of at least 3 to 1 with white and with a page of #111111, and neighbours differ for every
/// kind of colour blindness: blue and orange come first.
struct SeriesStyle: Hashable {
  /// The series, counted from 0; styles repeat after the colours times the dashes.
  let index: Int

  init(_ index: Int) {
    self.index = max(0, index)
  }

  /// Red, green and blue.
  var rgb: [UInt8] { Self.colors[index % Self.colors.count].rgb }

  /// The colour as SVG and HTML write it.
  var hex: String { Self.hex(rgb) }

  /// The lengths of dashes and gaps in pixels; empty for a solid line.
  var dashes: [Double] {
    let patterns: [[Double]] = [[], [6, 3], [2, 3], [8, 3, 2, 3]]
    // Among as many series as there are colours the first four lines already differ by their dashes.
    return patterns[(index % patterns.count + index / Self.colors.count) % patterns.count]
  }

  /// The mark of a point where only characters can be drawn.
  var mark: Character { Self.marks[index % Self.marks.count] }

  /// The select-graphic-rendition codes of the colour.
  func terminalCode(_ color: Canvas.Color) -> String {
    let entry = Self.colors[index % Self.colors.count]
    switch color {
    case .none: return "0"
    case .sixteen: return "\(entry.ansi)"
    case .palette: return "38;5;\(entry.palette)"
    case .full: return "38;2;\(entry.rgb[0]);\(entry.rgb[1]);\(entry.rgb[2])"
    }
  }

  static func hex(_ rgb: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF")
    return "#" + rgb.map { "\(digits[Int($0) >> 4])\(digits[Int($0) & 15])" }.joined()
  }

  private static let marks: [Character] = ["*", "o", "+", "x", "#", "@", "%", "&"]

  private static let colors: [(rgb: [UInt8], palette: Int, ansi: Int)] = [
    ([0x1F, 0x83, 0xD6], 32, 94),  // blue
    ([0xD9, 0x72, 0x0C], 166, 31),  // orange
    ([0x12, 0x97, 0x7F], 36, 36),  // bluish green
    ([0xBE, 0x5C, 0x9E], 169, 35),  // reddish purple
    ([0x80, 0x80, 0x80], 244, 90),  // grey
    ([0xA8, 0x83, 0x17], 136, 93),  // dark yellow
    ([0x8A, 0x74, 0xD8], 98, 34),  // violet
    ([0xCC, 0x4E, 0x5C], 167, 33),  // red
    ([0x17, 0x92, 0xB0], 31, 96),  // cyan
    ([0x6F, 0x8F, 0x1E], 100, 32),  // olive
  ]
}
