// SPDX-License-Identifier: Apache-2.0

extension Bars: VectorFigure {
  /// What is drawn.
  public func scene(_ wording: Wording) -> Scene {
    let rowHeight = bars.count > 30 ? 15.0 : 20.0
    let top = title.isEmpty ? 8.0 : 28.0
    let footer = referenceName.isEmpty ? 8.0 : 26.0
    let shown = bars.prefix(400)
    var scene = Scene(width: 640, height: top + rowHeight * Double(max(1, shown.count)) + footer)
    scene.text(title + (aside.isEmpty ? "" : " · " + aside), at: Point(8, 16), isBold: true)
    let names = shown.map { Scene.cut($0.name, toWidth: 190) }
    let values = shown.map { valueText($0) + ($0.note.isEmpty ? "" : "  " + $0.note) }
    let left = (names.map { Scene.width(of: $0) }.max() ?? 0) + 16
    let right = 632 - min(260, (values.map { Scene.width(of: $0) }.max() ?? 0) + 8)
    let axis = axis
    func x(_ value: Double) -> Double? { axis.position(value).map { left + (right - left) * $0 } }
    let zero = axis.isLogarithmic ? left : x(0) ?? left
    for (index, bar) in shown.enumerated() {
      let y = top + rowHeight * Double(index)
      scene.text(names[index], at: Point(left - 8, y + rowHeight * 0.72), .end)
      draw(bar, y: y, height: rowHeight, zero: zero, x, in: &scene)
      let end = max(x(bar.value) ?? zero, zero, bar.spread.flatMap { x(bar.value + $0) } ?? zero)
      let reference = bar.reference.flatMap(x) ?? end
      // Between the bar and the outline of a longer reference, when there is room: the number is the bar's.
      let fits = reference - end > Scene.width(of: values[index]) + 14
      let clear = fits ? end : max(end, reference)
      scene.text(Scene.cut(values[index], toWidth: 640 - clear - 8), at: Point(clear + 6, y + rowHeight * 0.72))
    }
    scene.line([Point(zero, top), Point(zero, top + rowHeight * Double(shown.count))], .axis)
    if !referenceName.isEmpty {
      scene.text(wording("outline: ", "轮廓：") + referenceName, at: Point(left, scene.height - 8), .start, .series(1))
    }
    return scene
  }

  private func draw(
    _ bar: Bar, y: Double, height: Double, zero: Double, _ x: (Double) -> Double?, in scene: inout Scene
  ) {
    let (top, thickness) = (y + height * 0.15, height * 0.7)
    if let end = x(bar.value) {
      scene.rectangle(
        x: min(zero, end), y: top, width: abs(end - zero), height: thickness, .series(bar.value < 0 ? 1 : 0))
    }
    if let reference = bar.reference, let end = x(reference) {
      let corners = [(zero, top), (end, top), (end, top + thickness), (zero, top + thickness)]
      scene.line(corners.map { Point($0.0, $0.1) }, .series(1), width: 1.5)
    }
    if let spread = bar.spread, let low = x(bar.value - spread), let high = x(bar.value + spread) {
      let middle = y + height / 2
      scene.line([Point(low, middle), Point(high, middle)], .axis, width: 1.5)
      for end in [low, high] { scene.line([Point(end, middle - 3), Point(end, middle + 3)], .axis, width: 1.5) }
    }
  }
}
