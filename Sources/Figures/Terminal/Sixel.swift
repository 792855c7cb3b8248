// SPDX-License-Identifier: Apache-2.0
import Images

/// DEC sixel graphics: bands of six rows, drawn colour by colour.
enum Sixel {
  /// The escape sequence of a picture; transparent pixels keep the terminal's background.
  static func encode(_ bitmap: Bitmap) -> String {
    let (palette, indices) = palette(of: bitmap)
    var text = "\u{1B}P0;1;0q\"1;1;\(bitmap.width);\(bitmap.height)"
    for (index, color) in palette.enumerated() {
      text += "#\(index);2;\(color[0]);\(color[1]);\(color[2])"
    }
    for top in stride(from: 0, to: bitmap.height, by: 6) {
      text += band(indices, top: top, width: bitmap.width, height: bitmap.height, colors: palette.count)
    }
    return text + "\u{1B}\\"
  }

  /// Up to 256 colours in percent, and for each pixel which one it has; −1 where it is transparent.
  private static func palette(of bitmap: Bitmap) -> (colors: [[Int]], indices: [Int]) {
    let pixels = bitmap.converted(to: .rgba)
    let exact = collect(pixels) { value, _ in (2 * value * 100 + 255) / 510 }
    if exact.colors.count <= 256 { return exact }
    // Too many colours: five steps a channel, spread by a 4 × 4 ordered dither.
    return collect(pixels) { value, position in
      let threshold = bayer[position / pixels.width % 4 * 4 + position % pixels.width % 4]
      return min(4, (value * 128 + (2 * threshold + 1) * 255) / (255 * 32)) * 25
    }
  }

  private static func collect(
    _ bitmap: Bitmap, _ percent: (_ value: Int, _ position: Int) -> Int
  ) -> (colors: [[Int]], indices: [Int]) {
    var known: [Int: Int] = [:]
    var colors: [[Int]] = []
    var indices = [Int](repeating: -1, count: bitmap.width * bitmap.height)
    let pixels = bitmap.pixels
    for position in indices.indices where pixels[4 * position + 3] >= 128 {
      let red = percent(Int(pixels[4 * position]), position)
      let green = percent(Int(pixels[4 * position + 1]), position)
      let blue = percent(Int(pixels[4 * position + 2]), position)
      let key = red << 16 | green << 8 | blue
      if let index = known[key] {
        indices[position] = index
      } else {
        known[key] = colors.count
        indices[position] = colors.count
        colors.append([red, green, blue])
      }
    }
    return (colors, indices)
  }

  private static func band(_ indices: [Int], top: Int, width: Int, height: Int, colors: Int) -> String {
    var bits = [UInt8](repeating: 0, count: colors * width)
    var used = [Bool](repeating: false, count: colors)
    for y in top..<min(top + 6, height) {
      for x in 0..<width {
        let color = indices[y * width + x]
        guard color >= 0 else { continue }
        used[color] = true
        bits[color * width + x] |= 1 << UInt8(y - top)
      }
    }
    let rows = (0..<colors).filter { used[$0] }.map { color in
      var run = SixelRun()
      for x in 0..<width { run.append(bits[color * width + x]) }
      return "#\(color)" + run.finished
    }
    return rows.joined(separator: "$") + "-"
  }

  /// Thresholds 0 … 15 of an ordered dither.
  private static let bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
}

/// A row of sixels with repeats counted.
private struct SixelRun {
  private var text = ""
  private var bits: UInt8 = 0
  private var count = 0

  mutating func append(_ next: UInt8) {
    if next != bits { flush() }
    bits = next
    count += 1
  }

  /// The row without the empty sixels at its end.
  var finished: String {
    var copy = self
    if bits != 0 { copy.flush() }
    return copy.text
  }

  private mutating func flush() {
    let character = String(decoding: [63 + bits], as: UTF8.self)
    text += count > 3 ? "!\(count)" + character : String(repeating: character, count: count)
    count = 0
  }
}
