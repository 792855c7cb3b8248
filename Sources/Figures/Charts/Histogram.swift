// SPDX-License-Identifier: Apache-2.0

/// How often values fall into bins of equal width; several sets of values share their bins.
public struct Histogram: Figure, Hashable {
  /// One set of values.
  public struct Series: Sendable, Hashable {
    /// What it is.
    public var name: String
    /// How many values fall into each bin.
    public var counts: [Int]
    /// How many values are not finite and fall into none.
    public var notFinite: Int
    /// The mean and the standard deviation of the finite values.
    public var mean, deviation: Double
  }

  /// What the histogram shows; empty for none.
  public let title: String
  /// The lower end of the first bin.
  public let low: Double
  /// The upper end of the last bin.
  public let high: Double
  /// The sets of values.
  public let series: [Series]

  /// Counts values.
  ///
  /// - Parameters:
  ///   - sets: The sets with their names.
  ///   - bins: How many bins, 1 … 200.
  ///   - title: What the histogram shows.
  public init(_ sets: [(name: String, values: [Float])], bins: Int = 20, title: String = "") {
    let bins = min(max(1, bins), 200)
    let axis = Axis(sets.flatMap { $0.values.lazy.map(Double.init) })
    self.title = title.onOneLine
    (low, high) = (axis.low, axis.high)
    series = sets.map { set in
      let summary = NumberSummary(set.values)
      var counts = [Int](repeating: 0, count: bins)
      for value in set.values {
        guard let position = axis.position(Double(value)) else { continue }
        counts[min(bins - 1, max(0, Int(position * Double(bins))))] += 1
      }
      return Series(
        name: set.name.onOneLine, counts: counts, notFinite: summary.count - summary.finite, mean: summary.mean,
        deviation: summary.deviation)
    }
  }

  /// How many bins there are.
  public var bins: Int { series.first?.counts.count ?? 0 }

  /// The ends of a bin.
  func ends(_ bin: Int) -> (low: Double, high: Double) {
    let axis = Axis([low, high])
    return (axis.value(at: Double(bin) / Double(bins)), axis.value(at: Double(bin + 1) / Double(bins)))
  }

  /// One sentence for each set: how many values, from where to where, mean, deviation, the fullest bin.
  public func alternativeText(_ wording: Wording) -> String {
    wording.list([title.isEmpty ? wording("Histogram", "直方图") : title] + sentences(wording))
  }

  /// One sentence for each set.
  func sentences(_ wording: Wording) -> [String] {
    series.map { sentence($0, wording) }
  }

  private func sentence(_ series: Series, _ wording: Wording) -> String {
    let total = series.counts.reduce(0, +)
    let axis = Axis([low, high])
    let (mean, deviation) = (axis.text(series.mean), axis.text(series.deviation))
    var text = series.name.isEmpty ? "" : series.name + wording(": ", "：")
    text += wording(
      "\(total) values from \(axis.text(low)) to \(axis.text(high)), mean \(mean), sd \(deviation)",
      "\(total) 个值，由 \(axis.text(low)) 到 \(axis.text(high))，均值 \(mean)，标准差 \(deviation)")
    if total > 0, let top = series.counts.max(), let bin = series.counts.firstIndex(of: top) {
      let ends = ends(bin)
      text += wording(
        ", most (\(top)) from \(axis.text(ends.low)) to \(axis.text(ends.high))",
        "，最多（\(top)）在 \(axis.text(ends.low)) 到 \(axis.text(ends.high))")
    }
    guard series.notFinite > 0 else { return text }
    return text + wording(", \(series.notFinite) not finite", "，\(series.notFinite) 个非有限")
  }
}
