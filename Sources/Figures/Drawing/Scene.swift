// SPDX-License-Identifier: Apache-2.0

/// A point in pixels, from the top left.
struct Point: Hashable, Sendable {
  var x, y: Double

  init(_ x: Double, _ y: Double) {
    (self.x, self.y) = (x, y)
  }
}

/// Red, green, blue and opacity.
struct Paint: Hashable, Sendable {
  var rgb: [UInt8]
  var opacity: Double

  init(_ rgb: [UInt8], opacity: Double = 1) {
    (self.rgb, self.opacity) = (rgb, opacity)
  }

  /// The grey of axes and their texts, which reads on light and on dark.
  static let axis = Paint([0x80, 0x80, 0x80])
  /// The same, faint, for lines across a chart.
  static let grid = Paint([0x80, 0x80, 0x80], opacity: 0.25)

  static func series(_ index: Int, opacity: Double = 1) -> Paint {
    Paint(SeriesStyle(index).rgb, opacity: opacity)
  }
}

/// What a chart is made of, drawn the same in SVG and in pixels.
public struct Scene: Sendable {
  /// Where a text stands from its point.
  enum Anchor: String, Sendable {
    case start, middle, end
  }

  /// One thing that is drawn; later ones cover earlier ones.
  enum Element: Sendable {
    case line([Point], Paint, width: Double, dashes: [Double])
    case area([Point], Paint)
    case rectangle(x: Double, y: Double, width: Double, height: Double, Paint)
    case circle(Point, radius: Double, Paint)
    /// A text whose baseline begins, is centred or ends at a point.
    case text(String, Point, Anchor, Paint, size: Double, isBold: Bool)
  }

  /// Width in pixels.
  public let width: Double
  /// Height in pixels.
  public let height: Double
  private(set) var elements: [Element] = []

  /// The usual size of letters, in pixels.
  static let textSize = 12.0

  init(width: Double, height: Double) {
    (self.width, self.height) = (width, height)
  }

  mutating func line(_ points: [Point], _ paint: Paint, width: Double = 1, dashes: [Double] = []) {
    guard points.count > 1 else { return }
    elements.append(.line(points, paint, width: width, dashes: dashes))
  }

  mutating func area(_ points: [Point], _ paint: Paint) {
    guard points.count > 2 else { return }
    elements.append(.area(points, paint))
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, _ paint: Paint) {
    guard width > 0, height > 0 else { return }
    elements.append(.rectangle(x: x, y: y, width: width, height: height, paint))
  }

  mutating func circle(_ center: Point, radius: Double, _ paint: Paint) {
    elements.append(.circle(center, radius: radius, paint))
  }

  mutating func text(
    _ text: String, at point: Point, _ anchor: Anchor = .start, _ paint: Paint = .axis, size: Double = textSize,
    isBold: Bool = false
  ) {
    guard !text.isEmpty else { return }
    elements.append(.text(text, point, anchor, paint, size: size, isBold: isBold))
  }

  /// Adds all of another scene, moved to the right.
  mutating func append(_ other: Scene, x: Double) {
    func moved(_ point: Point) -> Point { Point(point.x + x, point.y) }
    elements += other.elements.map { element in
      switch element {
      case .line(let points, let paint, let width, let dashes):
        .line(points.map(moved), paint, width: width, dashes: dashes)
      case .area(let points, let paint): .area(points.map(moved), paint)
      case .rectangle(let left, let y, let width, let height, let paint):
        .rectangle(x: left + x, y: y, width: width, height: height, paint)
      case .circle(let center, let radius, let paint): .circle(moved(center), radius: radius, paint)
      case .text(let text, let point, let anchor, let paint, let size, let isBold):
        .text(text, moved(point), anchor, paint, size: size, isBold: isBold)
      }
    }
  }

  /// About how wide a text is in the sans-serif letters that browsers choose.
  static func width(of text: String, size: Double = textSize) -> Double {
    Double(text.displayWidth()) * size * 0.56
  }

  /// The text, cut so that it is about as wide as there is room.
  static func cut(_ text: String, toWidth room: Double, size: Double = textSize) -> String {
    text.cut(to: max(0, Int(room / (size * 0.56))))
  }
}
