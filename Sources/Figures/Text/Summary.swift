// SPDX-License-Identifier: Apache-2.0

/// What one line can say of many numbers: ends, mean, standard deviation, a ten-bin histogram, and what is not finite.
public struct NumberSummary: Sendable, Hashable {
  /// How many numbers there are.
  public private(set) var count = 0
  /// How many are not a number.
  public private(set) var notANumber = 0
  /// How many are positive infinity.
  public private(set) var positiveInfinity = 0
  /// How many are negative infinity.
  public private(set) var negativeInfinity = 0
  /// How many are exactly zero.
  public private(set) var zeros = 0
  /// The smallest finite number; 0 when there is none.
  public private(set) var minimum = 0.0
  /// The largest finite number; 0 when there is none.
  public private(set) var maximum = 0.0
  /// The mean of the finite numbers.
  public private(set) var mean = 0.0
  /// The standard deviation of the finite numbers as a sample (divided by count − 1); 0 for fewer than two.
  public private(set) var deviation = 0.0
  /// The finite numbers in ten bins of equal width from the smallest to the largest.
  public private(set) var bins = [Int](repeating: 0, count: 10)

  /// How many numbers are finite.
  public var finite: Int { count - notANumber - positiveInfinity - negativeInfinity }

  /// Sums up numbers in two passes.
  public init(_ values: some Collection<Float>) {
    var sum = 0.0
    (minimum, maximum) = (.infinity, -.infinity)
    for value in values {
      count += 1
      guard value.isFinite else {
        tally(value)
        continue
      }
      let number = Double(value)
      if number == 0 { zeros += 1 }
      sum += number
      minimum = Swift.min(minimum, number)
      maximum = Swift.max(maximum, number)
    }
    guard finite > 0 else {
      (minimum, maximum) = (0, 0)
      return
    }
    mean = sum / Double(finite)
    measureSpread(values)
  }

  private mutating func tally(_ value: Float) {
    if value.isNaN {
      notANumber += 1
    } else if value > 0 {
      positiveInfinity += 1
    } else {
      negativeInfinity += 1
    }
  }

  private mutating func measureSpread(_ values: some Collection<Float>) {
    let scale = maximum > minimum ? 10 / (maximum - minimum) : 0
    var squares = 0.0
    for value in values where value.isFinite {
      let number = Double(value)
      squares += (number - mean) * (number - mean)
      bins[Swift.min(9, Swift.max(0, Int((number - minimum) * scale)))] += 1
    }
    if finite > 1 { deviation = (squares / Double(finite - 1)).squareRoot() }
  }

  /// The summary as the middle of a line: `−3.69 … 3.90  mean −0.01  sd 1.00  ▁▁▂▅██▄▂▁▁  NaN ×3`.
  ///
  /// - Parameters:
  ///   - glyphs: The characters.
  ///   - showsHistogram: Whether the ten bins are drawn; reader mode leaves them out.
  /// - Returns: Parts two blanks apart; `empty` without numbers.
  public func line(_ glyphs: Glyphs = .full, showsHistogram: Bool = true) -> String {
    guard count > 0 else { return "empty" }
    var parts: [String] = []
    if finite > 0 {
      if zeros == count {
        parts = ["all zeros"]
      } else if minimum == maximum {
        parts = ["all " + text(minimum, glyphs)]
      } else {
        parts = ["\(text(minimum, glyphs)) \(glyphs.range) \(text(maximum, glyphs))"]
        parts += ["mean " + text(mean, glyphs), "sd " + text(deviation, glyphs)]
        if showsHistogram, finite > 8 { parts.append(Sparkline.heights(of: bins, glyphs)) }
      }
    }
    for (name, number) in [("NaN", notANumber), ("+Inf", positiveInfinity), (glyphs.minus + "Inf", negativeInfinity)]
    where number > 0 {
      parts.append("\(name) \(glyphs.times)\(number)")
    }
    return parts.joined(separator: "  ")
  }

  /// A number with the decimals that suit the largest magnitude: three significant digits of it, at most four decimals.
  private func text(_ value: Double, _ glyphs: Glyphs) -> String {
    let largest = Swift.max(minimum.magnitude, maximum.magnitude)
    let shortest = Numerals.short(value, 4)
    if Float(shortest) == Float(value) { return Numerals.typeset(shortest, glyphs) }
    if largest >= 1e5 || largest < 1e-3 { return Numerals.typeset(Numerals.scientific(value, 3), glyphs) }
    var (decimals, bound) = (2, 10.0)
    while largest >= bound, decimals > 0 { (decimals, bound) = (decimals - 1, bound * 10) }
    bound = 1
    while largest < bound, decimals < 4 { (decimals, bound) = (decimals + 1, bound / 10) }
    return Numerals.typeset(Numerals.fixed(value, decimals), glyphs)
  }
}
