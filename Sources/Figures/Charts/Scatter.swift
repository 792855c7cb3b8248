// SPDX-License-Identifier: Apache-2.0

/// Points in a plane, in groups, with arrows where wanted.
public struct Scatter: Figure, Hashable {
  /// Points of one kind.
  public struct Group: Sendable, Hashable {
    /// What they are.
    public var name: String
    /// Horizontal places.
    public var x: [Double]
    /// Vertical places.
    public var y: [Double]

    /// Makes a group; of two lists of different lengths the longer is cut.
    public init(_ name: String, x: [Double], y: [Double]) {
      self.name = name.onOneLine
      self.x = x
      self.y = y
    }

    /// The points whose places are finite.
    var points: [Point] {
      zip(x, y).filter { $0.isFinite && $1.isFinite }.map { Point($0, $1) }
    }
  }

  /// An arrow from a point, such as a gradient on a sample.
  public struct Arrow: Sendable, Hashable {
    /// Where it begins.
    public var x, y: Double
    /// How far it points.
    public var dx, dy: Double

    /// Makes an arrow.
    public init(x: Double, y: Double, dx: Double, dy: Double) {
      (self.x, self.y, self.dx, self.dy) = (x, y, dx, dy)
    }

    /// Whether all its numbers are finite.
    var isFinite: Bool { x.isFinite && y.isFinite && dx.isFinite && dy.isFinite }
  }

  /// What the chart shows; empty for none.
  public var title: String
  /// What the horizontal axis is.
  public var xName: String
  /// What the vertical axis is.
  public var yName: String
  /// The points.
  public var groups: [Group]
  /// The arrows.
  public var arrows: [Arrow]
  /// A surface behind the points, such as a discriminator's output over the plane; nil for none.
  public var ground: HeatMap?

  /// Makes a chart.
  public init(
    _ groups: [Group], title: String = "", xName: String = "", yName: String = "", arrows: [Arrow] = [],
    ground: HeatMap? = nil
  ) {
    self.groups = groups
    self.title = title.onOneLine
    self.xName = xName.onOneLine
    self.yName = yName.onOneLine
    self.arrows = arrows
    self.ground = ground
  }

  /// The axes over all points and arrows, or those of the ground.
  func axes(padding: Double) -> (x: Axis, y: Axis) {
    if let ground, let x = ground.xRange, let y = ground.yRange {
      return (Axis([x.lowerBound, x.upperBound]), Axis([y.lowerBound, y.upperBound]))
    }
    let points = groups.flatMap(\.points)
    let tips = arrows.filter(\.isFinite).map { Point($0.x + $0.dx, $0.y + $0.dy) }
    return (
      Axis((points + tips).map(\.x), padding: padding), Axis((points + tips).map(\.y), padding: padding)
    )
  }

  /// How many points each group has, and its middle.
  public func alternativeText(_ wording: Wording) -> String {
    let count = arrows.count
    let arrowText = count == 0 ? [] : [wording("\(count) \(count == 1 ? "arrow" : "arrows")", "\(count) 个箭头")]
    return wording.list([title.isEmpty ? wording("Scatter plot", "散点图") : title] + sentences(wording) + arrowText)
  }

  /// One sentence for each group.
  func sentences(_ wording: Wording) -> [String] {
    let axes = axes(padding: 0)
    return groups.map { group in
      let points = group.points
      let left = min(group.x.count, group.y.count) - points.count
      guard !points.isEmpty else { return wording("\(group.name): no points", "\(group.name)：没有点") }
      let count = Double(points.count)
      let middle = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
      let name = group.name.isEmpty ? "" : group.name + wording(": ", "：")
      let place = "(\(axes.x.text(middle.0)), \(axes.y.text(middle.1)))"
      let missing = left > 0 ? wording(", \(left) not finite", "，\(left) 个非有限") : ""
      return name + wording("\(points.count) points around \(place)", "\(points.count) 个点，中心 \(place)") + missing
    }
  }
}
