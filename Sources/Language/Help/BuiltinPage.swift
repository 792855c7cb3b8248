// SPDX-License-Identifier: Apache-2.0

/// The help page of one variant of a builtin.
struct BuiltinPage {
  private let builtin: Builtin
  private let name: String
  private let context: DisplayContext
  private var language: MessageLanguage { context.language }

  init(_ builtin: Builtin, _ name: String, _ context: DisplayContext) {
    self.builtin = builtin
    self.name = name
    self.context = context
  }

  /// Signature, sentence, arguments, examples, related names.
  var plain: String {
    var lines = wrapped(signatureLine, indent: 4)
    lines += wrapped("  " + builtin.text(language), indent: 2)
    let width = (builtin.parameters.map(\.name.utf8.count).max() ?? 0) + 2
    for parameter in builtin.parameters {
      let name = parameter.name + String(repeating: " ", count: width - parameter.name.utf8.count)
      lines += wrapped("    \(name)\(parameter.text(language))\(words(parameter))", indent: width + 4)
    }
    lines.append(Text("  Examples", zh: "  例子")(language))
    lines += builtin.examples.map { "    " + $0.code }
    if !builtin.seeAlso.isEmpty {
      lines += wrapped(Text("  See: ", zh: "  另见：")(language) + builtin.seeAlso.joined(separator: ", "), indent: 4)
    }
    return lines.joined(separator: "\n")
  }

  private var signatureLine: String {
    let mark = builtin.form == .verb ? Text("   ★ verb", zh: "   ★ 动词")(language) : ""
    return builtin.signature(as: name) + mark
  }

  private func words(_ parameter: ParameterDescription) -> String {
    guard case .words(let words) = parameter.choices else { return "" }
    return " " + words.map { "\"\($0)\"" }.joined(separator: " ")
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    TextLayout.wrapped(text, columns: context.canvas.columns, indent: indent)
  }

  /// The same for notebooks and the reference, with a table of the arguments.
  var markdown: String {
    var text = "### `\(signatureLine)`\n\n\(builtin.text(language))\n"
    if !builtin.parameters.isEmpty {
      let head = Text("| argument | type | default | meaning |", zh: "| 参数 | 类型 | 默认值 | 含义 |")(language)
      text += "\n\(head)\n|---|---|---|---|\n"
      for parameter in builtin.parameters { text += row(parameter) }
    }
    text += "\n```\n" + builtin.examples.map(\.code).joined(separator: "\n") + "\n```\n"
    if !builtin.aliases.isEmpty {
      text +=
        "\n" + Text("Also called ", zh: "别名：")(language) + code(builtin.aliases) + Text(".", zh: "。")(language) + "\n"
    }
    if !builtin.seeAlso.isEmpty {
      text += "\n" + Text("See ", zh: "另见 ")(language) + code(builtin.seeAlso) + Text(".", zh: "。")(language) + "\n"
    }
    return text
  }

  private func row(_ parameter: ParameterDescription) -> String {
    let star =
      switch parameter.consumption {
      case .single: ""
      case .positionalRest: "*"
      case .namedRest: "**"
      }
    let value = parameter.defaultValue.map { "`\($0.value.literalText)`" } ?? ""
    return
      "| `\(star)\(parameter.name)` | \(parameter.typeName) | \(value) | \(parameter.text(language))\(words(parameter)) |\n"
  }

  private func code(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
