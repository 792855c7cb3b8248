// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Numbers as text, rounded as C does it.
public enum NumberText {
  /// `3.142` for `fixed(3.14159, 3)`; at most 400 decimals.
  public static func fixed(_ number: Double, _ decimals: Int) -> String { text(of: number, decimals, "f") }

  /// `3.14e+00` for `scientific(3.14159, 2)`; at most 400 decimals.
  public static func scientific(_ number: Double, _ decimals: Int) -> String { text(of: number, decimals, "e") }

  /// At most `digits` significant digits, without trailing zeros: `0.873`, `1.2e-05`.
  public static func general(_ number: Double, _ digits: Int) -> String { text(of: number, digits, "g") }

  /// The shortest text that reads back as the same number: `0.1`, `1e+16`, `inf`, `nan`.
  public static func shortest(_ number: Double) -> String { number.isNaN ? "nan" : "\(number)" }

  private static func text(of number: Double, _ precision: Int, _ conversion: String) -> String {
    guard number.isFinite else { return shortest(number) }
    let digits = Int32(min(max(precision, 0), 400))
    var buffer = [CChar](repeating: 0, count: 1024)
    let length = withVaList([digits, number]) { vsnprintf(&buffer, buffer.count, "%.*" + conversion, $0) }
    return String(decoding: buffer.prefix(Int(max(length, 0))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
