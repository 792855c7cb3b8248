// SPDX-License-Identifier: Apache-2.0

/// Small pictures that fit into a line of text.
public enum Sparkline {
  /// The heights of counts, one character each: `▁▁▂▅█▅▂▁▁▁`, or the digits `0012598421` in ASCII.
  ///
  /// - Parameters:
  ///   - counts: Not negative; zeros get the lowest height.
  ///   - glyphs: The characters.
  /// - Returns: As many characters as counts.
  public static func heights(of counts: [Int], _ glyphs: Glyphs = .full) -> String {
    let largest = counts.max() ?? 0
    let steps = glyphs.heights
    return counts.map { count in
      guard largest > 0, count > 0 else { return steps[0] }
      let share = Double(count) / Double(largest)
      return steps[min(steps.count - 1, max(0, Int((share * Double(steps.count - 1)).rounded())))]
    }.joined()
  }

  /// The course of a series in a given number of characters; what is missing is left blank.
  ///
  /// Each character stands for the mean of its share of the series, from the lowest to the highest of all.
  ///
  /// - Parameters:
  ///   - values: The series; NaN and infinities are missing.
  ///   - columns: The most characters.
  ///   - glyphs: The characters.
  /// - Returns: At most `columns` characters, none for an empty series.
  public static func course(of values: [Double], columns: Int, _ glyphs: Glyphs = .full) -> String {
    let columns = min(columns, values.count)
    guard columns > 0 else { return "" }
    let means = (0..<columns).map { column -> Double? in
      let part = values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
      let finite = part.filter(\.isFinite)
      return finite.isEmpty ? nil : finite.reduce(0, +) / Double(finite.count)
    }
    let present = means.compactMap(\.self)
    guard let lowest = present.min(), let highest = present.max() else { return String(repeating: " ", count: columns) }
    let steps = glyphs.heights
    return means.map { mean in
      guard let mean else { return " " }
      let share = highest > lowest ? (mean - lowest) / (highest - lowest) : 0.5
      return steps[min(steps.count - 1, max(0, Int((share * Double(steps.count - 1)).rounded())))]
    }.joined()
  }
}
