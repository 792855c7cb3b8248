// SPDX-License-Identifier: Apache-2.0
import Language

/// Numbers in displays: a real minus sign, few digits, and none before zero.
enum Numbers {
  /// At most `digits` significant digits, as in `4.5`, `−0.012`, `2.1e-04`.
  static func short(_ number: Double, digits: Int = 4) -> String {
    guard number.isFinite else { return special(number) }
    let size = number.magnitude
    if size != 0, size < 1e-3 || size >= 1e6 {
      return dressed(NumberText.scientific(number, max(digits - 2, 1)))
    }
    return dressed(NumberText.general(size == 0 ? 0 : number, digits))
  }

  /// A number with a fixed count of decimals, or in scientific notation when that would hide or swamp it.
  static func fixed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return special(number) }
    let size = number.magnitude
    if size != 0, size < 0.5 * tenth(decimals) || size >= 1e5 { return dressed(NumberText.scientific(number, 2)) }
    let text = NumberText.fixed(number, decimals)
    return dressed(text == "-" + NumberText.fixed(0, decimals) ? String(text.dropFirst()) : text)
  }

  /// A figure with its standard error in two digits, and itself in as many decimals: `0.776 ± 0.019`, `74.1 ± 1.3`.
  static func measured(_ number: Double, error: Double, unit: String = "") -> String {
    guard number.isFinite, error.isFinite, error > 0 else { return short(number) + unit }
    let size = max(number.magnitude, error)
    // What rounding leaves is no error.
    if error < 1e-9 * size { return short(number) + unit }
    guard size < 1e6, error >= 1e-4 else { return "\(short(number)) ± \(short(error, digits: 2))\(unit)" }
    var (decimals, digit) = (0, 10.0)
    while error < digit, decimals < 7 { (decimals, digit) = (decimals + 1, digit / 10) }
    return "\(dressed(NumberText.fixed(number, decimals))) ± \(NumberText.fixed(error, decimals))\(unit)"
  }

  /// A setting as people type it: `0.0002`, `1e-05`, `64`.
  static func setting(_ number: Double) -> String {
    let text = NumberText.shortest(number == 0 ? 0 : number)
    return dressed(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  /// A number as a program writes it, so that it reads back the same: `0.0002`, `-1`.
  static func typed(_ number: Double) -> String {
    let text = NumberText.shortest(number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A count with k or M, as in `243k`.
  static func count(_ number: Int) -> String {
    switch number {
    case ..<10_000: String(number)
    case ..<1_000_000: "\((number &+ 500) / 1000)k"
    default: NumberText.fixed(Double(number) / 1e6, 1) + "M"
    }
  }

  private static func tenth(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1.0) { size, _ in size / 10 }
  }

  private static func special(_ number: Double) -> String {
    number.isNaN ? "NaN" : number > 0 ? "+Inf" : "−Inf"
  }

  private static func dressed(_ text: String) -> String {
    guard text.hasPrefix("-") else { return text }
    return "−" + text.dropFirst()
  }
}
