// SPDX-License-Identifier: Apache-2.0

extension Scatter: VectorFigure {
  /// What is drawn.
  public func scene(_ wording: Wording) -> Scene {
    let axes = axes(padding: 0.04)
    let names = groups.filter { !$0.name.isEmpty }.map { Scene.cut($0.name, toWidth: 130) }
    let room = (names.map { Scene.width(of: $0) }.max() ?? -22) + 38
    let top = title.isEmpty ? 14.0 : 32.0
    let left = PlotFrame.labelWidth(axes.y) + (yName.isEmpty ? 0 : 4)
    let side = 400 - top
    let right = min(640 - room, left + side * 1.25)
    var scene = Scene(width: right + room, height: ground == nil ? 440 : 458)
    if let ground {
      let scale = ground.legend(wording)
      let text = ground.caption.isEmpty ? scale : "\(ground.caption): \(scale)"
      scene.text(Scene.cut(text, toWidth: right + room - left), at: Point(left, 450), size: 11)
    }
    let frame = PlotFrame(left: left, top: top, right: right, bottom: 400, xAxis: axes.x, yAxis: axes.y)
    scene.text(title, at: Point(left, 16), isBold: true)
    ground?.draw(in: &scene, frame: frame)
    frame.draw(in: &scene, xName: xName, drawsVerticals: ground == nil, drawsLines: ground == nil)
    scene.text(yName, at: Point(4, top - 2), size: 11)
    for (index, group) in groups.enumerated() { draw(group, index, frame, in: &scene) }
    for arrow in arrows.prefix(2000) where arrow.isFinite { draw(arrow, frame, in: &scene) }
    drawList(frame, in: &scene)
    return scene
  }

  /// The most points that are drawn; of more, every so many-th.
  private static let pointLimit = 2000

  private func draw(_ group: Group, _ index: Int, _ frame: PlotFrame, in scene: inout Scene) {
    let points = group.points
    let total = groups.reduce(0) { $0 + $1.x.count }
    let every = max(1, (total + Self.pointLimit - 1) / Self.pointLimit)
    let opacity = points.count > 400 ? 0.5 : 0.75
    for place in stride(from: 0, to: points.count, by: every) {
      guard let pixel = frame.pixel(x: points[place].x, y: points[place].y) else { continue }
      if ground != nil { scene.circle(pixel, radius: 4, Paint([255, 255, 255], opacity: 0.75)) }
      mark(pixel, index, ground == nil ? opacity : 1, in: &scene)
    }
  }

  /// Dots, squares and crosses in turn, so that groups do not differ by colour alone.
  private func mark(_ pixel: Point, _ index: Int, _ opacity: Double, in scene: inout Scene) {
    let paint = Paint.series(index, opacity: opacity)
    switch index % 3 {
    case 0: scene.circle(pixel, radius: 2.6, paint)
    case 1: scene.rectangle(x: pixel.x - 2.3, y: pixel.y - 2.3, width: 4.6, height: 4.6, paint)
    default:
      scene.line([Point(pixel.x - 2.6, pixel.y - 2.6), Point(pixel.x + 2.6, pixel.y + 2.6)], paint, width: 1.4)
      scene.line([Point(pixel.x - 2.6, pixel.y + 2.6), Point(pixel.x + 2.6, pixel.y - 2.6)], paint, width: 1.4)
    }
  }

  private func draw(_ arrow: Arrow, _ frame: PlotFrame, in scene: inout Scene) {
    guard let start = frame.pixel(x: arrow.x, y: arrow.y),
      let end = frame.pixel(x: arrow.x + arrow.dx, y: arrow.y + arrow.dy)
    else { return }
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.5 else { return }
    let paint = ground == nil ? Paint.axis : Paint([255, 255, 255])
    scene.line([start, end], paint, width: 1.2)
    let (ux, uy) = (dx / length * min(5, length), dy / length * min(5, length))
    let barbs = [
      Point(end.x - ux - uy * 0.5, end.y - uy + ux * 0.5), Point(end.x - ux + uy * 0.5, end.y - uy - ux * 0.5),
    ]
    scene.line([barbs[0], end, barbs[1]], paint, width: 1.2)
  }

  private func drawList(_ frame: PlotFrame, in scene: inout Scene) {
    var y = frame.top + 10
    for (index, group) in groups.enumerated() where !group.name.isEmpty && y < 400 {
      mark(Point(frame.right + 16, y - 4), index, 1, in: &scene)
      scene.text(Scene.cut(group.name, toWidth: 130), at: Point(frame.right + 26, y), .start, .series(index))
      y += 16
    }
  }
}
