// SPDX-License-Identifier: Apache-2.0

/// Series of numbers as lines, each with its name at its end.
public struct LineChart: Figure, Hashable {
  /// One line.
  public struct Series: Sendable, Hashable {
    /// What is written at its end.
    public var name: String
    /// Where each value lies, not falling; nil counts from 1.
    public var x: [Double]?
    /// The values; what is not finite is missing.
    public var y: [Double]
    /// Half the height of a band around the line, such as a standard deviation; empty for none.
    public var spread: [Double]
    /// How many of the values that are not finite were never measured: nothing is said of those.
    public var unmeasured = 0

    /// Makes a series.
    public init(_ name: String, x: [Double]? = nil, y: [Double], spread: [Double] = []) {
      self.name = name.onOneLine
      self.x = x
      self.y = y
      self.spread = spread
    }

    /// How many values have a place.
    var count: Int { min(y.count, x?.count ?? y.count) }

    /// Where the n-th value lies.
    func place(_ index: Int) -> Double { x?[index] ?? Double(index + 1) }
  }

  /// What the chart shows; empty for none.
  public var title: String
  /// What the horizontal axis counts.
  public var xName: String
  /// The lines.
  public var series: [Series]
  /// Whether the vertical axis is logarithmic; values that are not positive are then missing.
  public var isLogarithmic: Bool
  /// Places on the horizontal axis where something happened, with its name.
  public var events: [Event]
  /// Sentences that are said below the chart, before those on values that cannot be drawn.
  public var notes: [String] = []

  /// Something that happened.
  public struct Event: Sendable, Hashable {
    /// Where.
    public var x: Double
    /// What.
    public var name: String

    /// Makes an event.
    public init(x: Double, name: String) {
      self.x = x
      self.name = name.onOneLine
    }
  }

  /// Makes a chart.
  public init(
    _ series: [Series], title: String = "", xName: String = "", isLogarithmic: Bool = false, events: [Event] = []
  ) {
    self.series = series
    self.title = title.onOneLine
    self.xName = xName.onOneLine
    self.isLogarithmic = isLogarithmic
    self.events = events
  }

  /// The horizontal axis.
  var xAxis: Axis {
    Axis(series.flatMap { series in (0..<series.count).map(series.place) } + events.map(\.x))
  }

  /// The vertical axis, with a share of its span left free at each end.
  func yAxis(padding: Double) -> Axis {
    let values = series.flatMap { series in
      series.y.prefix(series.count).enumerated().flatMap { index, value in
        let spread = index < series.spread.count && series.spread[index].isFinite ? series.spread[index] : 0
        return spread == 0 ? [value] : [value, value - spread, value + spread]
      }
    }
    return Axis(values, isLogarithmic: isLogarithmic, padding: padding)
  }

  /// Positions of a series on both axes, 0 … 1; nil where a value is missing.
  func positions(_ series: Series, _ xAxis: Axis, _ yAxis: Axis) -> [Point?] {
    (0..<series.count).map { index in
      guard let x = xAxis.position(series.place(index)), let y = yAxis.position(series.y[index]) else { return nil }
      return Point(x, y)
    }
  }

  /// What is said below: the notes, and what has to be said of values that cannot be drawn.
  public func remarks(_ wording: Wording) -> [String] {
    notes
      + series.compactMap { series in
        let values = series.y.prefix(series.count)
        let missing = values.count { !$0.isFinite } - series.unmeasured
        let belowZero = isLogarithmic ? values.count { $0.isFinite && $0 <= 0 } : 0
        var parts: [String] = []
        if missing > 0 { parts.append(wording("\(missing) not finite", "\(missing) 个非有限")) }
        if belowZero > 0 {
          parts.append(
            wording("\(belowZero) not positive, which a log axis cannot show", "\(belowZero) 个不为正，对数轴无法显示"))
        }
        guard !parts.isEmpty else { return nil }
        return wording(
          "\(series.name): \(values.count) values, of which \(parts.joined(separator: ", "))",
          "\(series.name)：\(values.count) 个值，其中 \(parts.joined(separator: "，"))")
      }
  }

  /// One sentence for each series: from where to where it goes, and its extremes.
  public func alternativeText(_ wording: Wording) -> String {
    wording.list([title.isEmpty ? wording("Line chart", "折线图") : title] + sentences(wording))
  }

  /// One sentence for each series.
  func sentences(_ wording: Wording) -> [String] {
    series.map { sentence($0, wording) }
  }

  private func sentence(_ series: Series, _ wording: Wording) -> String {
    let shown = (0..<series.count).filter { series.y[$0].isFinite }
    guard let first = shown.first, let last = shown.last,
      let low = shown.min(by: { series.y[$0] < series.y[$1] }),
      let high = shown.max(by: { series.y[$0] < series.y[$1] })
    else { return wording("\(series.name): no values", "\(series.name)：没有值") }
    func at(_ index: Int) -> String {
      place(Axis.text(series.y[index]), series.place(index), wording)
    }
    return wording(
      "\(series.name): from \(at(first)) to \(at(last)), lowest \(at(low)), highest \(at(high))",
      "\(series.name)：由 \(at(first)) 到 \(at(last))，最低 \(at(low))，最高 \(at(high))")
  }

  /// Something and where on the horizontal axis it is.
  func place(_ what: String, _ x: Double, _ wording: Wording) -> String {
    let axis = xName.isEmpty ? "" : xName + " "
    return wording("\(what) at \(axis)\(Axis.text(x))", "\(what)（\(axis)\(Axis.text(x))）")
  }
}
