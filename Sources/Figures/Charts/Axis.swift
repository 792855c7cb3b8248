// SPDX-License-Identifier: Apache-2.0
import Glibc

/// One axis of a chart: which values it spans, and where each of them lies.
struct Axis: Hashable {
  /// The lowest value.
  let low: Double
  /// The highest value, above the lowest.
  let high: Double
  /// Whether equal factors take equal room.
  let isLogarithmic: Bool

  /// An axis that holds all values that it can show.
  ///
  /// - Parameters:
  ///   - values: Any numbers; those that are not finite, and on a logarithmic axis not positive, are passed over.
  ///   - isLogarithmic: Whether equal factors take equal room.
  ///   - padding: The share of the span that is left free at each end.
  init(_ values: some Sequence<Double>, isLogarithmic: Bool = false, padding: Double = 0) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = isLogarithmic ? (1, 10) : (0, 1) }
    self.isLogarithmic = isLogarithmic
    if isLogarithmic {
      if low == high { (low, high) = (max(low / 2, .leastNonzeroMagnitude), min(high * 2, .greatestFiniteMagnitude)) }
      let room = (log(high) - log(low)) * padding
      self.low = max(low * exp(-room), .leastNormalMagnitude)
      self.high = min(max(high * exp(room), self.low * 2), .greatestFiniteMagnitude)
    } else {
      if low == high {
        let room = low == 0 ? 1 : abs(low) * 0.1
        (low, high) = (low - room, high + room)
      }
      // Halves first: the span of the largest numbers is itself too large.
      let room = (high / 2 - low / 2) * 2 * padding
      self.low = room.isFinite ? max(low - room, -.greatestFiniteMagnitude) : low
      self.high = room.isFinite ? min(high + room, .greatestFiniteMagnitude) : high
    }
  }

  /// Where a value lies, 0 at the lowest and 1 at the highest; nil for values that the axis cannot show.
  func position(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let position: Double
    if isLogarithmic {
      position = (log(value) - log(low)) / (log(high) - log(low))
    } else if (high - low).isFinite {
      position = (value - low) / (high - low)
    } else {
      position = (value / 2 - low / 2) / (high / 2 - low / 2)
    }
    return position.isFinite ? position : 0.5
  }

  /// The value at a position, 0 … 1.
  func value(at position: Double) -> Double {
    if isLogarithmic { return exp(log(low) * (1 - position) + log(high) * position) }
    return low * (1 - position) + high * position
  }

  /// Round values with their texts, about `count` of them.
  func ticks(_ count: Int) -> [(value: Double, text: String)] {
    isLogarithmic ? logarithmicTicks(count) : linearTicks(count)
  }

  private func linearTicks(_ count: Int) -> [(value: Double, text: String)] {
    let span = high - low
    guard span.isFinite, span > 0 else { return [low, high].map { ($0, Self.text($0)) } }
    let rough = span / Double(max(1, count))
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    guard step > 0, step.isFinite else { return [low, high].map { ($0, Self.text($0)) } }
    let (first, last) = ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    // Beyond 2⁵³ steps from zero neighbouring ticks are the same number.
    guard last - first < 100, abs(last) < 1e15, abs(first) < 1e15 else {
      return [low, high].map { ($0, Self.text($0)) }
    }
    let decimals = max(0, -Int(floor(log10(step) + 1e-9)))
    return stride(from: first, through: last, by: 1).map { index in
      let value = index * step
      let isPlain = decimals <= 6 && max(abs(low), abs(high)) < 1e6
      return (value, Numerals.typeset(isPlain ? Numerals.fixed(value, decimals) : Self.text(value), .full))
    }
  }

  private func logarithmicTicks(_ count: Int) -> [(value: Double, text: String)] {
    let (first, last) = (Int(floor(log10(low) - 1e-9)), Int(floor(log10(high) + 1e-9)))
    let decades = last - first
    let factors: [Double] = decades < 2 ? [1, 2, 5] : [1]
    let every = max(1, (decades + max(1, count) - 1) / max(1, count))
    var ticks: [(value: Double, text: String)] = []
    for exponent in first...max(first, last) where exponent.isMultiple(of: every) {
      for factor in factors {
        let value = factor * pow(10, Double(exponent))
        if value >= low * 0.9999, value <= high * 1.0001 { ticks.append((value, Self.text(value))) }
      }
    }
    return ticks.isEmpty ? [low, high].map { ($0, Self.text($0)) } : ticks
  }

  /// A value among those of the axis: as many decimals as tell a hundredth of the span apart.
  func text(_ value: Double) -> String {
    let span = high - low
    guard span.isFinite, span > 1e-4, max(abs(low), abs(high)) < 1e6, !isLogarithmic else { return Self.text(value) }
    let decimals = max(0, 2 - Int(floor(log10(span) + 1e-9)))
    return Numerals.typeset(Numerals.fixed(value, decimals), .full)
  }

  /// A value for an axis, three significant digits.
  static func text(_ value: Double) -> String {
    Numerals.typeset(Numerals.short(value, 3), .full)
  }
}
