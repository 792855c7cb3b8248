// SPDX-License-Identifier: Apache-2.0

/// The pieces of JSON that a notebook file is written from.
enum JSONText {
  /// A string with its quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}": result += "\\u00" + hex(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return digits.utf8.count < 2 ? "0" + digits : digits
  }

  /// A text as notebooks keep it: a list of its lines, each with its newline.
  static func lines(_ text: String, indent: String) -> String {
    var lines: [Substring] = []
    var rest = Substring(text)
    while let end = rest.firstIndex(where: { $0 == "\n" }) {
      lines.append(rest[...end])
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { lines.append(rest) }
    return list(lines.map { quoted(String($0)) }, indent: indent)
  }

  /// A list, an item a line.
  static func list(_ items: [String], indent: String) -> String {
    guard !items.isEmpty else { return "[]" }
    return "[\n" + items.map { "\(indent) \($0)" }.joined(separator: ",\n") + "\n\(indent)]"
  }

  /// An object, a pair a line; values are JSON already.
  static func object(_ pairs: [(String, String)], indent: String) -> String {
    guard !pairs.isEmpty else { return "{}" }
    let lines = pairs.map { "\(indent) \(quoted($0.0)): \($0.1)" }
    return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
  }
}
