// SPDX-License-Identifier: Apache-2.0

/// Where the names of a chart's events stand: in as many rows above the lines as keep them apart.
struct EventLabels {
  /// The height of a row in pixels.
  static let rowHeight = 14.0
  private static let size = 11.0

  private struct Label {
    let name: String
    let x: Double
    let anchor: Scene.Anchor
    /// Counted upwards from the lines.
    let row: Int
  }

  private let labels: [Label]
  /// How many rows there are; none without events.
  let rowCount: Int

  /// Places the events between two edges, given in pixels; those that the axis cannot show are left out.
  init(_ events: [LineChart.Event], _ axis: Axis, left: Double, right: Double) {
    var ends: [Double] = []
    let places = events.compactMap { event in
      axis.position(event.x).map { (name: event.name, position: $0, x: left + (right - left) * $0) }
    }
    labels = places.sorted { $0.x < $1.x }.map { place in
      let width = Scene.width(of: place.name, size: Self.size)
      let anchor: Scene.Anchor = place.position > 0.5 ? .end : .start
      let start = anchor == .start ? place.x : place.x - width
      let row = ends.firstIndex { $0 + 8 <= start } ?? ends.count
      if row == ends.count { ends.append(0) }
      ends[row] = max(place.x, start + width)
      return Label(name: place.name, x: place.x, anchor: anchor, row: row)
    }
    rowCount = ends.count
  }

  /// Draws a line through the chart for each event, up to its name.
  func draw(_ frame: PlotFrame, in scene: inout Scene) {
    for label in labels {
      let top = frame.top - Double(label.row) * Self.rowHeight
      scene.line([Point(label.x, top), Point(label.x, frame.bottom)], .axis, dashes: [3, 3])
      scene.text(label.name, at: Point(label.x, top - 4), label.anchor, size: Self.size)
    }
  }
}
