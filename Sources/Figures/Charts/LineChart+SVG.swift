// SPDX-License-Identifier: Apache-2.0

extension LineChart: VectorFigure {
  /// What is drawn, as SVG or in pixels.
  public func scene(_ wording: Wording) -> Scene {
    let (xAxis, yAxis) = (xAxis, yAxis(padding: 0.03))
    let names = series.map { Scene.cut($0.name, toWidth: 150) }
    let right = 640 - (names.map { Scene.width(of: $0) }.max() ?? 0) - 16
    let left = PlotFrame.labelWidth(yAxis)
    let labels = EventLabels(events, xAxis, left: left, right: right)
    // What happened has rows of its own, which take nothing from the lines.
    let extra = Double(max(0, labels.rowCount - 1)) * EventLabels.rowHeight
    let top = (title.isEmpty ? 14.0 : 32.0) + Double(labels.rowCount) * EventLabels.rowHeight
    let bottom = (xName.isEmpty ? 276.0 : 260.0) + extra
    let frame = PlotFrame(left: left, top: top, right: right, bottom: bottom, xAxis: xAxis, yAxis: yAxis)
    var scene = Scene(width: 640, height: 300 + extra)
    scene.text(title, at: Point(frame.left, 16), isBold: true)
    frame.draw(in: &scene, xName: xName)
    labels.draw(frame, in: &scene)
    for index in series.indices { draw(series[index], index, frame, in: &scene) }
    drawNames(names, frame, in: &scene)
    if series.contains(where: { $0.count > 2 * Self.strips }) {
      scene.text(
        wording("faint: all values, strong: means", "浅：全部值，深：均值"), at: Point(right, bottom + 33), .end, size: 10)
    }
    return scene
  }

  private func draw(_ series: Series, _ index: Int, _ frame: PlotFrame, in scene: inout Scene) {
    let style = SeriesStyle(index)
    for band in bands(series, frame) { scene.area(band, .series(index, opacity: 0.2)) }
    let positions = positions(series, frame.xAxis, frame.yAxis)
    let isDense = positions.count > 2 * Self.strips
    let dashes = self.series.count > 1 && positions.count < 80 ? style.dashes : []
    for run in Thinning.runs(positions, strips: Self.strips) {
      let pixels = run.map(frame.pixel)
      if pixels.count == 1 { scene.circle(pixels[0], radius: 2.5, .series(index)) }
      scene.line(pixels, .series(index, opacity: isDense ? 0.4 : 1), width: isDense ? 1 : 1.8, dashes: dashes)
    }
    guard isDense else { return }
    for run in Thinning.means(positions, strips: Self.strips / 4) {
      scene.line(run.map(frame.pixel), .series(index), width: 1.8)
    }
  }

  /// Strips that a dense series is thinned to; four points of each are kept.
  private static let strips = 360

  /// The outline of the band around each run of a series that has one.
  private func bands(_ series: Series, _ frame: PlotFrame) -> [[Point]] {
    guard !series.spread.isEmpty else { return [] }
    let edges = (0..<min(series.count, series.spread.count)).map { index -> (Point, Point)? in
      let x = series.place(index)
      guard series.spread[index].isFinite,
        let low = frame.pixel(x: x, y: series.y[index] - series.spread[index]),
        let high = frame.pixel(x: x, y: series.y[index] + series.spread[index])
      else { return nil }
      return (low, high)
    }
    return edges.split(whereSeparator: { $0 == nil }).map { run in
      let present = run.compactMap(\.self)
      return present.map(\.1) + present.reversed().map(\.0)
    }
  }

  private func drawNames(_ names: [String], _ frame: PlotFrame, in scene: inout Scene) {
    let ends = series.map { series in positions(series, frame.xAxis, frame.yAxis).last { $0 != nil } ?? nil }
    let shown = series.indices.filter { ends[$0] != nil }
    let points = shown.map { frame.pixel(ends[$0] ?? Point(1, 0)) }
    let heights = LabelPlacement.spread(
      points.map(\.y), gap: 14, within: frame.top...max(frame.top, frame.bottom - 2))
    for (place, index) in shown.enumerated() {
      let label = Point(frame.right + 8, heights[place] + 4)
      // A line that ends early, or a name that had to give way, gets a thread to its name.
      if frame.right - points[place].x > 4 || abs(heights[place] - points[place].y) > 3 {
        scene.line([points[place], Point(frame.right + 5, heights[place])], .series(index, opacity: 0.5), width: 0.7)
      }
      scene.text(names[index], at: label, .start, .series(index))
    }
  }
}
