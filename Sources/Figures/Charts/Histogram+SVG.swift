// SPDX-License-Identifier: Apache-2.0

extension Histogram: VectorFigure {
  /// What is drawn.
  public func scene(_ wording: Wording) -> Scene {
    let top = Double(max(1, series.flatMap(\.counts).max() ?? 0))
    let yAxis = Axis([0, top * 1.04])
    let names = series.count > 1 ? series.map(\.name) : []
    var scene = Scene(width: 640, height: 260)
    let frame = PlotFrame(
      left: PlotFrame.labelWidth(yAxis), top: title.isEmpty ? 14 : 32, right: 624, bottom: 230,
      xAxis: Axis([low, high]), yAxis: yAxis)
    scene.text(title, at: Point(frame.left, 16), isBold: true)
    frame.draw(in: &scene, xName: "")
    for (index, series) in series.enumerated() { draw(series, index, frame, in: &scene) }
    for (index, name) in names.enumerated() {
      // Names stand in the corner with less under it.
      let text = Scene.cut(name, toWidth: 200)
      scene.text(text, at: Point(frame.right, frame.top + 14 + 15 * Double(index)), .end, .series(index))
    }
    return scene
  }

  private func draw(_ series: Series, _ index: Int, _ frame: PlotFrame, in scene: inout Scene) {
    let step = (frame.right - frame.left) / Double(max(1, bins))
    var outline: [Point] = [Point(frame.left, frame.bottom)]
    for (bin, count) in series.counts.enumerated() {
      let y = frame.pixel(Point(0, frame.yAxis.position(Double(count)) ?? 0)).y
      let x = frame.left + step * Double(bin)
      let isAlone = self.series.count == 1
      let gap = isAlone && step > 4 ? 1.0 : 0
      scene.rectangle(
        x: x, y: y, width: step - gap, height: frame.bottom - y, .series(index, opacity: isAlone ? 0.85 : 0.25))
      outline += [Point(x, y), Point(x + step, y)]
    }
    outline.append(Point(frame.right, frame.bottom))
    if self.series.count > 1 {
      scene.line(outline, .series(index), width: 1.6, dashes: SeriesStyle(index).dashes)
    }
  }
}
