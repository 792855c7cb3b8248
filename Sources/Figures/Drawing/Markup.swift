// SPDX-License-Identifier: Apache-2.0

/// Text inside XML, HTML and JSON.
enum Markup {
  /// The text with everything replaced that markup would read as its own, and without characters that XML forbids.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n", "\r": result.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result.append("?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text as a JSON string with its quotation marks.
  static func json(_ text: String) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var result: String.UnicodeScalarView = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
        result.append(contentsOf: "\\u".unicodeScalars)
        for shift in [12, 8, 4, 0] as [UInt32] { result.append(digits[Int(scalar.value >> shift) & 15]) }
      default: result.append(scalar)
      }
    }
    result.append("\"")
    return String(result)
  }

  /// A number as JSON; `null` for what JSON has no number for.
  static func json(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    guard let whole = Int(exactly: number), whole.magnitude < 1 << 53 else { return number.description }
    return String(whole)
  }
}
