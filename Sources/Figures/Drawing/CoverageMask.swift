// SPDX-License-Identifier: Apache-2.0

/// How much of each pixel a shape covers, 0 … 1, and the rectangle in which that is not nothing.
struct CoverageMask {
  private let width: Int
  private let height: Int
  private(set) var values: [Float]
  private(set) var rows: Range<Int> = 0..<0
  private(set) var columns: Range<Int> = 0..<0

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    values = [Float](repeating: 0, count: width * height)
  }

  /// Forgets all shapes.
  mutating func clear() {
    for row in rows {
      for column in columns { values[row * width + column] = 0 }
    }
    (rows, columns) = (0..<0, 0..<0)
  }

  /// Adds a rectangle.
  mutating func rectangle(x: Double, y: Double, width: Double, height: Double) {
    let (xs, ys) = touch(x, y, x + width, y + height)
    for row in ys {
      let down = min(Double(row + 1), y + height) - max(Double(row), y)
      for column in xs {
        let across = min(Double(column + 1), x + width) - max(Double(column), x)
        cover(row, column, max(0, down) * max(0, across))
      }
    }
  }

  /// Adds a straight line with round ends; a point when both ends are equal.
  mutating func segment(_ start: Point, _ end: Point, width: Double) {
    let line = Stroke(start, end, width: width)
    let reach = width / 2 + 1
    let (xs, ys) = touch(
      min(start.x, end.x) - reach, min(start.y, end.y) - reach, max(start.x, end.x) + reach,
      max(start.y, end.y) + reach)
    let stride = self.width
    // Charts of thousands of points spend their time here: without bounds checks it takes a third of it.
    values.withUnsafeMutableBufferPointer { values in
      for row in ys {
        for column in line.columns(ofRow: row).clamped(to: xs) {
          let share = line.share(column, row)
          if share > values[row * stride + column] { values[row * stride + column] = share }
        }
      }
    }
  }

  /// Adds a filled polygon, by the even-odd rule, measured on four lines in each row of pixels.
  mutating func polygon(_ points: [Point]) {
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
    else { return }
    let (xs, ys) = touch(left, top, right, bottom)
    for row in ys {
      var covered = [Double](repeating: 0, count: xs.count)
      for part in 0..<4 {
        let y = Double(row) + (Double(part) + 0.5) / 4
        let crossings = zip(points, points.dropFirst() + points.prefix(1)).compactMap { start, end -> Double? in
          guard (start.y <= y) != (end.y <= y) else { return nil }
          return start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y)
        }.sorted()
        for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
          for column in xs {
            let across = min(Double(column + 1), crossings[pair + 1]) - max(Double(column), crossings[pair])
            if across > 0 { covered[column - xs.lowerBound] += across / 4 }
          }
        }
      }
      for column in xs { cover(row, column, covered[column - xs.lowerBound]) }
    }
  }

  private mutating func cover(_ row: Int, _ column: Int, _ share: Double) {
    guard share > 0 else { return }
    values[row * width + column] = max(values[row * width + column], Float(min(1, share)))
  }

  /// The pixels that a rectangle touches; they are remembered for clearing.
  private mutating func touch(
    _ left: Double, _ top: Double, _ right: Double, _ bottom: Double
  ) -> (columns: Range<Int>, rows: Range<Int>) {
    let touchedColumns = Self.pixels(left, right, width)
    let touchedRows = Self.pixels(top, bottom, height)
    guard !touchedColumns.isEmpty, !touchedRows.isEmpty else { return (0..<0, 0..<0) }
    columns = Self.union(columns, touchedColumns)
    rows = Self.union(rows, touchedRows)
    return (touchedColumns, touchedRows)
  }

  private static func pixels(_ low: Double, _ high: Double, _ limit: Int) -> Range<Int> {
    guard low.isFinite, high.isFinite, high > 0, low < Double(limit) else { return 0..<0 }
    let first = max(0, Int(low.rounded(.down)))
    return first..<max(first, min(limit, Int(min(high, Double(limit)).rounded(.up))))
  }

  private static func union(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
    left.isEmpty ? right : min(left.lowerBound, right.lowerBound)..<max(left.upperBound, right.upperBound)
  }
}

/// A straight line with round ends, as it lies on the pixels.
private struct Stroke {
  private let start: Point
  private let dx, dy: Double
  /// One over `dy`; 0 for a level line.
  private let perRow: Double
  /// One over the square of the length; 0 for a point.
  private let perSquare: Double
  /// The distance from which on nothing of a pixel is covered.
  private let radius: Double
  /// The most that a pixel is covered: thin lines cover none wholly.
  private let most: Double
  /// The square of the distance up to which a pixel is covered as much as any.
  private let core: Double

  init(_ start: Point, _ end: Point, width: Double) {
    self.start = start
    (dx, dy) = (end.x - start.x, end.y - start.y)
    perRow = abs(dy) > 1e-9 ? 1 / dy : 0
    let square = dx * dx + dy * dy
    perSquare = square > 1e-18 ? 1 / square : 0
    radius = width / 2 + 0.5
    most = min(1, width)
    core = radius > most ? (radius - most) * (radius - most) : 0
  }

  /// The columns of a row that the line can touch.
  func columns(ofRow row: Int) -> Range<Int> {
    let y = Double(row) + 0.5 - start.y
    var (first, last) = (0.0, 1.0)
    if perRow != 0 {
      let (one, other) = ((y - radius) * perRow, (y + radius) * perRow)
      (first, last) = (max(0, min(one, other)), min(1, max(one, other)))
      guard first <= last else { return 0..<0 }
    }
    let (left, right) = (start.x + dx * first, start.x + dx * last)
    // The centres of pixels that lie nearer than the radius; below zero there are no pixels.
    let low = max(0, min(left, right) - radius - 0.5 + 0.999_999)
    let high = max(0, max(left, right) + radius + 0.5)
    guard low < high, high < 1e9 else { return 0..<0 }
    return Int(low)..<max(Int(low), Int(high))
  }

  /// How much of a pixel the line covers, 0 … 1.
  func share(_ column: Int, _ row: Int) -> Float {
    let (x, y) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
    let along = min(1, max(0, (x * dx + y * dy) * perSquare))
    let (ox, oy) = (x - along * dx, y - along * dy)
    let distance = ox * ox + oy * oy
    if distance <= core { return Float(most) }
    return distance >= radius * radius ? 0 : Float(min(most, radius - distance.squareRoot()))
  }
}
