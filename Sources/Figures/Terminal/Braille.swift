// SPDX-License-Identifier: Apache-2.0
import Images

/// Eight dots a character, two across and four down.
struct BrailleDots {
  /// Width in characters.
  let columns: Int
  /// Height in characters.
  let rows: Int
  /// The set dots of each character, in the order of Unicode's braille patterns.
  private(set) var cells: [UInt8]

  /// No dots.
  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = [UInt8](repeating: 0, count: columns * rows)
  }

  /// Sets a dot; what lies outside is left out.
  ///
  /// - Parameters:
  ///   - x: Across, 0 … 2 × columns − 1.
  ///   - y: Down, 0 … 4 × rows − 1.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < 2 * columns, y < 4 * rows else { return }
    cells[y / 4 * columns + x / 2] |= Self.bits[y % 4 * 2 + x % 2]
  }

  /// Sets the dots of a straight line between two dots, both included.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    guard steps > 0 else { return set(start.x, start.y) }
    for step in 0...steps {
      // Rounded half up in whole numbers, so that the line is the same everywhere.
      let x = start.x + Self.share(end.x - start.x, step, steps)
      let y = start.y + Self.share(end.y - start.y, step, steps)
      set(x, y)
    }
  }

  /// Sets all dots of another drawing of the same size.
  mutating func formUnion(_ other: BrailleDots) {
    for index in cells.indices { cells[index] |= other.cells[index] }
  }

  /// The character at a place; a blank where no dot is set.
  func character(_ column: Int, _ row: Int) -> Character {
    let dots = cells[row * columns + column]
    return dots == 0 ? " " : Character(Unicode.Scalar(0x2800 + UInt32(dots)) ?? " ")
  }

  /// The lines of a row of characters each; blanks are braille or ordinary ones.
  func lines(fillsBlanks: Bool) -> [String] {
    (0..<rows).map { row in
      var characters = (0..<columns).map { character($0, row) }
      while characters.last == " " { characters.removeLast() }
      return String(fillsBlanks ? characters.map { $0 == " " ? Self.blank : $0 } : characters)
    }
  }

  /// A character without dots that is as wide as one with dots.
  static let blank: Character = "\u{2800}"

  private static func share(_ length: Int, _ step: Int, _ steps: Int) -> Int {
    let doubled = 2 * length * step + steps
    return doubled >= 0 ? doubled / (2 * steps) : -((-doubled + 2 * steps - 1) / (2 * steps))
  }

  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}

/// A picture in braille dots.
enum Braille {
  /// The lines of a picture of one pixel a dot: bright pixels become dots, middle greys a share of them.
  ///
  /// One bit says little, so contrast is doubled around middle grey: strokes stay whole and grounds stay clean. In
  /// between, each pixel's rounding error is passed on to its neighbours to the right and below (Floyd and Steinberg
  /// 1976), in whole numbers.
  static func lines(of bitmap: Bitmap, fillsBlanks: Bool) -> [String] {
    let grey = bitmap.converted(to: .grey)
    let wanted = grey.pixels.map { min(255, max(0, 2 * Int($0) - 128)) * 16 }
    var values = wanted
    var dots = BrailleDots(columns: (grey.width + 1) / 2, rows: (grey.height + 3) / 4)
    for y in 0..<grey.height {
      for x in 0..<grey.width {
        let place = y * grey.width + x
        let isExtreme = wanted[place] == 0 || wanted[place] == 4080
        let value = isExtreme ? wanted[place] : values[place]
        let isSet = value >= 2040
        if isSet { dots.set(x, y) }
        if isExtreme { continue }
        let error = value - (isSet ? 4080 : 0)
        for (dx, dy, weight) in [(1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)] {
          let (nx, ny) = (x + dx, y + dy)
          guard nx >= 0, nx < grey.width, ny < grey.height else { continue }
          values[ny * grey.width + nx] += error * weight / 16
        }
      }
    }
    return dots.lines(fillsBlanks: fillsBlanks)
  }
}
