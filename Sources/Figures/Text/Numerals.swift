// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them, without a locale: the same on every machine.
///
/// Negative numbers begin with `-`; `Glyphs.minus` is put in by `typeset`.
public enum Numerals {
  /// A number with a fixed count of decimals, rounded half away from zero from its shortest decimal form.
  ///
  /// Numbers of 10¹⁵ and more are written with an exponent.
  ///
  /// - Parameters:
  ///   - value: Any number; `NaN`, `Inf` and `-Inf` are written so.
  ///   - decimals: Digits after the point, 0 … 20.
  /// - Returns: Such as `-3.69`. A number that rounds to zero has no sign.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    if number.exponent > 15 { return scientific(value, 4) }
    let decimals = min(max(decimals, 0), 20)
    number.round(toDecimals: decimals)
    return number.positional(decimals: decimals)
  }

  /// A number in scientific form with a count of significant digits, such as `6.6e-02` for two.
  public static func scientific(_ value: Double, _ digits: Int) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    let digits = min(max(digits, 1), 17)
    number.round(toDigits: digits)
    let padding = String(repeating: "0", count: max(0, digits - number.digits.count))
    let mantissa = String(decoding: number.digits.map { $0 + 48 }, as: UTF8.self) + padding
    let exponent = number.digits.isEmpty ? 0 : number.exponent - 1
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    let fraction = digits > 1 ? "." + mantissa.dropFirst() : ""
    return (number.isNegative ? "-" : "") + mantissa.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + power
  }

  /// A number with a count of significant digits: positional while that stays short, else scientific.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: Significant digits, 1 … 17.
  /// - Returns: Without zeros that say nothing: `0.5`, `1.2e-05`, `6000`.
  public static func short(_ value: Double, _ digits: Int = 4) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    let exact = number
    number.round(toDigits: min(max(digits, 1), 17))
    if number.digits.isEmpty { return "0" }
    if number.exponent > -4, number.exponent <= max(digits, 6) {
      // Digits before the point are never rounded away: 123456 stays 123456.
      if number.exponent >= digits { number = exact.rounded(toDecimals: 0) }
      return number.positional(decimals: max(0, number.digits.count - number.exponent))
    }
    return scientific(value, max(1, number.digits.count))
  }

  /// A count with a prefix, such as `101k`, `7.8k` or `2.4M`.
  public static func count(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    for (size, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where value.magnitude >= size * 0.9995 {
      let scaled = value / size
      return fixed(scaled, scaled.magnitude < 9.95 ? 1 : 0) + unit
    }
    return short(value, 3)
  }

  /// The text with the proper minus sign before its numbers.
  public static func typeset(_ text: String, _ glyphs: Glyphs) -> String {
    guard !glyphs.isASCII, text.utf8.first == UInt8(ascii: "-") else { return text }
    return glyphs.minus + text.dropFirst()
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Inf" : "Inf"
  }
}

/// A number as 0.d₁d₂d₃… × 10^exponent, from the shortest digits that mean it.
private struct DecimalDigits {
  var isNegative: Bool
  /// Without zeros at either end; empty for zero.
  var digits: [UInt8] = []
  var exponent = 0

  /// - Returns: Nil for NaN and infinities.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus
    var afterPoint = 0
    var (seenPoint, power, powerSign, inPower) = (false, 0, 1, false)
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "e"): inPower = true
      case UInt8(ascii: "-"): powerSign = -1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if inPower {
          power = power * 10 + Int(byte - 48)
        } else {
          digits.append(byte - 48)
          if seenPoint { afterPoint += 1 }
        }
      default: break
      }
    }
    exponent = digits.count - afterPoint + power * powerSign
    normalize()
  }

  private mutating func normalize() {
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (exponent, isNegative) = (0, false) }
  }

  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    var copy = self
    copy.round(toDecimals: decimals)
    return copy
  }

  mutating func round(toDecimals decimals: Int) {
    round(toDigits: exponent + decimals)
  }

  /// Keeps the first `count` digits; a count of 0 or less rounds to 1 unit before the first digit, or to zero.
  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    let roundsUp = count >= 0 && digits[count] >= 5
    digits.removeLast(digits.count - max(0, count))
    if roundsUp {
      var index = digits.count - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        exponent += 1
      }
    }
    normalize()
  }

  /// Plain positional notation with exactly `decimals` digits after the point.
  func positional(decimals: Int) -> String {
    var text = isNegative ? "-" : ""
    for place in 0..<max(1, exponent) { text += digit(at: exponent > 0 ? place : -1) }
    guard decimals > 0 else { return text }
    text += "."
    for place in 0..<decimals { text += digit(at: exponent + place) }
    return text
  }

  private func digit(at index: Int) -> String {
    digits.indices.contains(index) ? String(digits[index]) : "0"
  }
}
