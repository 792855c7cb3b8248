// SPDX-License-Identifier: Apache-2.0

extension History {
  /// All columns and what happened between steps as a JSON object.
  ///
  /// `{"step": […], "epoch": […], "columns": {"errD": […], …}, "notes": [{"step": 3, "text": "…"}, …]}`; null where
  /// nothing was measured and for what JSON has no number for.
  public var json: String {
    let columns = names.map { name in
      let numbers = (self[name] ?? []).map { $0.isFinite ? "\($0)" : "null" }
      return "    \(Self.quoted(name)): [\(numbers.joined(separator: ", "))]"
    }
    let notes = notes.map { "    {\"step\": \($0.step), \"text\": \(Self.quoted($0.text))}" }
    return """
      {
        "step": [\(steps.map(String.init).joined(separator: ", "))],
        "epoch": [\(epochs.map(String.init).joined(separator: ", "))],
        "columns": {\(Self.block(columns))},
        "notes": [\(Self.block(notes))]
      }

      """
  }

  /// Lines between brackets; nothing for none.
  private static func block(_ lines: [String]) -> String {
    lines.isEmpty ? "" : "\n" + lines.joined(separator: ",\n") + "\n  "
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
