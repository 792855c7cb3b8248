// SPDX-License-Identifier: Apache-2.0

/// The rectangle between the axes of a chart, and the axes themselves.
struct PlotFrame {
  let left, top, right, bottom: Double
  let xAxis: Axis
  let yAxis: Axis

  /// The pixel of a point given as positions 0 … 1 on both axes.
  func pixel(_ point: Point) -> Point {
    Point(left + (right - left) * point.x, bottom - (bottom - top) * point.y)
  }

  /// The pixel of two values; nil when an axis cannot show them.
  func pixel(x: Double, y: Double) -> Point? {
    guard let x = xAxis.position(x), let y = yAxis.position(y) else { return nil }
    return pixel(Point(x, y))
  }

  /// Draws lines across, ticks with their texts, and the name of the horizontal axis.
  func draw(in scene: inout Scene, xName: String, drawsVerticals: Bool = false, drawsLines: Bool = true) {
    for tick in yAxis.ticks(5) {
      guard let position = yAxis.position(tick.value) else { continue }
      let y = pixel(Point(0, position)).y
      if drawsLines { scene.line([Point(left, y), Point(right, y)], .grid) }
      scene.text(tick.text, at: Point(left - 6, y + 4), .end)
    }
    let ticks = xAxis.ticks(6)
    for tick in ticks {
      guard let position = xAxis.position(tick.value) else { continue }
      let x = pixel(Point(position, 0)).x
      if drawsVerticals { scene.line([Point(x, top), Point(x, bottom)], .grid) }
      scene.line([Point(x, bottom), Point(x, bottom + 4)], .axis)
      scene.text(tick.text, at: Point(x, bottom + 17), .middle)
    }
    scene.line([Point(left, bottom), Point(right, bottom)], .axis)
    scene.text(xName, at: Point((left + right) / 2, bottom + 33), .middle)
  }

  /// The room that the texts of a vertical axis need.
  static func labelWidth(_ axis: Axis) -> Double {
    (axis.ticks(5).map { Scene.width(of: $0.text) }.max() ?? 0) + 12
  }
}

/// Keeps texts that belong to given heights from covering each other.
enum LabelPlacement {
  /// Heights near the wanted ones, in the same order, at least `gap` apart and within bounds as long as there is room.
  static func spread(_ wanted: [Double], gap: Double, within bounds: ClosedRange<Double>) -> [Double] {
    let order = wanted.indices.sorted { wanted[$0] != wanted[$1] ? wanted[$0] < wanted[$1] : $0 < $1 }
    var placed = wanted
    var lowest = bounds.lowerBound
    for index in order {
      placed[index] = max(wanted[index], lowest)
      lowest = placed[index] + gap
    }
    var highest = bounds.upperBound
    for index in order.reversed() {
      placed[index] = min(placed[index], highest)
      highest = placed[index] - gap
    }
    return placed
  }
}
