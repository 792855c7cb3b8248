// SPDX-License-Identifier: Apache-2.0

extension BuiltinTable {
  /// The reference of all builtins as Markdown, group by group.
  public func referenceMarkdown(_ language: MessageLanguage = .english) -> String {
    let context = DisplayContext(language: language)
    var text = Text("# Reference\n", zh: "# 参考\n")(language)
    text += "\n" + Text("Generated from the builtin table. ★ marks verbs.", zh: "由内置函数表生成。★ 表示动词。")(language) + "\n"
    for group in groups {
      text += "\n## \(group.title(language))\n"
      for builtin in builtins where builtin.group == group {
        text += "\n" + BuiltinPage(builtin, builtin.name, context).markdown
      }
    }
    text += Text("\n## Types\n", zh: "\n## 类型\n")(language)
    for type in hostTypes where !type.fieldDescriptions.isEmpty {
      text += "\n### \(type.typeName)\n\n"
      text += Text("| field | type | set | meaning |", zh: "| 字段 | 类型 | 可修改 | 含义 |")(language) + "\n|---|---|---|---|\n"
      for field in type.fieldDescriptions {
        text += "| `\(field.name)` | \(field.typeName) | \(field.isWritable ? "✓" : "") | \(field.text(language)) |\n"
      }
    }
    return text
  }

  /// The same as JSON: an object with `builtins` and `types`.
  public func referenceJSON() -> String {
    let builtins = builtins.map { builtin in
      JSONText.object([
        ("name", JSONText.string(builtin.name)), ("aliases", JSONText.strings(builtin.aliases)),
        ("verb", builtin.form == .verb ? "true" : "false"), ("group", JSONText.string(builtin.group.name)),
        ("signature", JSONText.string(builtin.signature(as: builtin.name))), ("text", JSONText.text(builtin.text)),
        ("parameters", JSONText.array(builtin.parameters.map(Self.json))),
        ("result", JSONText.string(builtin.resultTypeName)),
        ("examples", JSONText.strings(builtin.examples.map(\.code))),
      ])
    }
    let types = hostTypes.map { type in
      let fields = type.fieldDescriptions.map { field in
        JSONText.object([
          ("name", JSONText.string(field.name)), ("type", JSONText.string(field.typeName)),
          ("writable", field.isWritable ? "true" : "false"), ("text", JSONText.text(field.text)),
        ])
      }
      return JSONText.object([("name", JSONText.string(type.typeName)), ("fields", JSONText.array(fields))])
    }
    return "{\n\"builtins\": [\n" + builtins.joined(separator: ",\n") + "\n],\n\"types\": [\n"
      + types.joined(separator: ",\n")
      + "\n]\n}\n"
  }

  private static func json(_ parameter: ParameterDescription) -> String {
    var fields = [
      ("name", JSONText.string(parameter.name)), ("type", JSONText.string(parameter.typeName)),
      ("text", JSONText.text(parameter.text)),
    ]
    if let value = parameter.defaultValue { fields.append(("default", JSONText.string(value.value.literalText))) }
    if case .words(let words) = parameter.choices { fields.append(("words", JSONText.strings(words))) }
    if parameter.consumption != .single {
      fields.append(("rest", JSONText.string(parameter.consumption == .positionalRest ? "*" : "**")))
    }
    return JSONText.object(fields)
  }
}

/// Pieces of JSON as text.
enum JSONText {
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func strings(_ texts: [String]) -> String { array(texts.map(string)) }
  static func text(_ text: Text) -> String { object([("en", string(text.english)), ("zh", string(text.chinese))]) }
  static func array(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
  static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }
}
