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
  public var alternativeText: String {
    ([title.isEmpty ? "Histogram" : title] + series.map(sentence)).joined(separator: "; ")
  }

  private func sentence(_ series: Series) -> String {
    let total = series.counts.reduce(0, +)
    let axis = Axis([low, high])
    var text = series.name.isEmpty ? "" : series.name + ": "
    text += "\(total) values from \(axis.text(low)) to \(axis.text(high)), mean \(axis.text(series.mean))"
    text += ", sd \(axis.text(series.deviation))"
    if total > 0, let top = series.counts.max(), let bin = series.counts.firstIndex(of: top) {
      let ends = ends(bin)
      text += ", most (\(top)) from \(axis.text(ends.low)) to \(axis.text(ends.high))"
    }
    return series.notFinite > 0 ? text + ", \(series.notFinite) not finite" : text
  }
}
