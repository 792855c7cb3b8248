// SPDX-License-Identifier: Apache-2.0

/// One bar for each name, its value written at its end.
public struct Bars: Figure, Hashable {
  /// One bar.
  public struct Bar: Sendable, Hashable {
    /// What it stands for.
    public var name: String
    /// Its length; what is not finite gets no bar.
    public var value: Double
    /// Half the length of a whisker, such as a standard deviation; nil for none.
    public var spread: Double?
    /// Another value to compare with, drawn as an outline or a mark; nil for none.
    public var reference: Double?
    /// How the value is written; nil for up to three significant digits.
    public var text: String?
    /// A remark after the value.
    public var note: String

    /// Makes a bar.
    public init(
      _ name: String, _ value: Double, spread: Double? = nil, reference: Double? = nil, text: String? = nil,
      note: String = ""
    ) {
      self.name = name.onOneLine
      self.value = value
      self.spread = spread
      self.reference = reference
      self.text = text?.onOneLine
      self.note = note.onOneLine
    }
  }

  /// What the bars show; empty for none.
  public var title: String
  /// A remark at the right end of the title's line.
  public var aside: String
  /// The bars from the top.
  public var bars: [Bar]
  /// Whether equal factors take equal lengths; values that are not positive then get no bar.
  public var isLogarithmic: Bool
  /// What the references are, such as `data`; empty when there are none.
  public var referenceName: String
  /// Sentences below the bars.
  public var notes: [String]

  /// Makes bars.
  public init(
    _ bars: [Bar], title: String = "", aside: String = "", isLogarithmic: Bool = false, referenceName: String = "",
    notes: [String] = []
  ) {
    self.bars = bars
    self.title = title.onOneLine
    self.aside = aside.onOneLine
    self.isLogarithmic = isLogarithmic
    self.referenceName = referenceName.onOneLine
    self.notes = notes
  }

  /// What a bar's value looks like in text.
  func valueText(_ bar: Bar) -> String {
    guard let spread = bar.spread, spread.isFinite else { return bar.text ?? Axis.text(bar.value) }
    // Two digits of the spread are all that the value is worth.
    var (decimals, bound) = (0, 10.0)
    while spread < bound, decimals < 6 { (decimals, bound) = (decimals + 1, bound / 10) }
    func written(_ number: Double) -> String { Numerals.typeset(Numerals.fixed(number, decimals), .full) }
    return "\(bar.text ?? written(bar.value)) ± \(written(spread))"
  }

  /// The axis of all lengths: from zero, or on a logarithmic axis from a little below the shortest.
  var axis: Axis {
    let values = bars.flatMap { bar in
      [bar.value, bar.reference ?? bar.value, bar.value + (bar.spread ?? 0), bar.value - (bar.spread ?? 0)]
    }
    if !isLogarithmic { return Axis(values + [0]) }
    let axis = Axis(values, isLogarithmic: true)
    return Axis([axis.low / 3, axis.high], isLogarithmic: true)
  }

  /// All values in a sentence.
  public func alternativeText(_ wording: Wording) -> String {
    wording.list([title.isEmpty ? wording("Bar chart", "条形图") : title] + sentences(wording))
  }

  /// What each bar says.
  func sentences(_ wording: Wording) -> [String] {
    let name = referenceName.isEmpty ? wording("reference", "参照") : referenceName
    return bars.map { bar in
      let reference = bar.reference.map { " (\(name) \(Axis.text($0)))" } ?? ""
      return "\(bar.name) \(valueText(bar))\(reference)\(bar.note.isEmpty ? "" : wording(", ", "，") + bar.note)"
    }
  }
}
