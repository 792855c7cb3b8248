// SPDX-License-Identifier: Apache-2.0

/// A histogram of ten bins in one line of text.
enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Bars by height, `▁▁▂▅██▄▂▁▁`; digits 0 … 9 where box characters cannot be shown.
  static func text(_ counts: [Int], unicode: Bool) -> String {
    let highest = max(counts.max() ?? 0, 1)
    if unicode {
      return String(counts.map { bars[min($0 * bars.count / (highest + 1), bars.count - 1)] })
    }
    return counts.map { String(min($0 * 10 / (highest + 1), 9)) }.joined()
  }

  /// How many values fall into each of ten bins between `low` and `high`.
  static func counts(_ values: some Sequence<Float>, from low: Float, to high: Float, bins: Int = 10) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    let width = (high - low) / Float(bins)
    guard width > 0, width.isFinite else { return counts }
    for value in values where value.isFinite {
      counts[min(max(Int((value - low) / width), 0), bins - 1)] += 1
    }
    return counts
  }
}
