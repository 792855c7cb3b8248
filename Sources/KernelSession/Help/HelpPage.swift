// SPDX-License-Identifier: Apache-2.0
import Language

/// Finds or writes the page about a builtin, a variable, a session command or a topic.
struct HelpPage {
  let knowledge: Knowledge
  let context: DisplayContext
  private var language: MessageLanguage { context.language }

  init(_ knowledge: Knowledge, _ context: DisplayContext) {
    self.knowledge = knowledge
    self.context = context
  }

  /// The page for what follows the question mark; nil when nothing has that name.
  ///
  /// `isDetailed` asks how it is written out in the language.
  func page(_ topic: String, isDetailed: Bool = false) -> Display? {
    if topic.hasPrefix("%") { return magic(named: String(topic.drop { $0 == "%" })) }
    let name = String(topic.prefix { $0 != "(" && $0 != " " })
    if name.isEmpty || name == "help" { return overview }
    if name == "magics" { return magicsPage }
    let path = name.split(separator: ".").map(String.init)
    if let value = knowledge.value(at: path) { return page(of: value, name: name, isDetailed: isDetailed) }
    return known(name, isDetailed) ?? path.last.flatMap { known($0, isDetailed) }
  }

  private func known(_ name: String, _ isDetailed: Bool) -> Display? {
    if let topic = HelpTopic.session.first(where: { $0.name == name }) { return page(topic) }
    return knowledge.table.help(on: name, isDetailed: isDetailed, context) ?? magic(named: name)
  }

  private func page(_ topic: HelpTopic) -> Display {
    page([topic.title(language), ""] + [topic.body(language)])
  }

  // MARK: Where to begin

  /// The page that `?` alone opens: where to start, and every builtin under its heading.
  private var overview: Display {
    let start = Text(
      """
      ?name     about a builtin, a variable, a %command     name??   how it is written out
      why       about the last error                        %tour    eight lines to begin with
      ?syntax   the language in ten rules                    ?python  habits from Python and PyTorch
      ?magics   commands on the session                      ?keys    keys at the prompt
      """,
      zh: """
        ?名称     查看内建函数、变量或 %命令        名称??   展开后的写法
        why       解释最近的错误                    %tour    从八行代码开始
        ?syntax   语言的十条规则                    ?python  Python 与 PyTorch 的习惯
        ?magics   作用于会话的命令                  ?keys    提示符处的按键
        """)(language)
    return page([start, "", knowledge.table.help(on: "", context)?.plain ?? ""])
  }

  /// The page about all session commands.
  private var magicsPage: Display {
    let width = knowledge.magics.map { DisplayWidth.columns(of: $0.usage) }.max() ?? 0
    let lines = knowledge.magics.flatMap { magic in
      let padding = String(repeating: " ", count: width - DisplayWidth.columns(of: magic.usage))
      return wrapped("  \(magic.usage)\(padding)  \(magic.text(language))", indent: width + 4)
    }
    return page([Text("Commands on the session", zh: "作用于会话的命令")(language)] + lines)
  }

  private func magic(named name: String) -> Display? {
    guard let magic = knowledge.magics.first(where: { $0.name == name }) else { return nil }
    return page([magic.usage] + wrapped("  " + magic.text(language), indent: 2))
  }

  // MARK: Variables

  private func page(of value: ValueSketch, name: String, isDetailed: Bool) -> Display {
    if isDetailed, let definition = value.definition { return code(definition) }
    if isDetailed, let function = knowledge.table.help(on: name, isDetailed: true, context) { return function }
    var lines = wrapped("\(name): \(value.line)", indent: 4)
    if let signature = value.signature { lines += wrapped("  " + signature, indent: 4) }
    let fields = knowledge.declaredFields(of: value)
    let width = min(16, fields.map(\.name.count).max() ?? 0)
    for field in fields {
      let padding = String(repeating: " ", count: max(0, width - field.name.count))
      lines += wrapped("  .\(field.name)\(padding)  \(field.text(language))", indent: 6)
    }
    lines += list(Text("parts", zh: "部分"), value.parts.map(\.name))
    lines += list(Text("functions", zh: "函数"), knowledge.methodsByType[value.typeName] ?? []).prefix(6)
    return page(lines)
  }

  private func list(_ heading: Text, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    let colon = Text(": ", zh: "：")(language)
    return wrapped("  " + heading(language) + colon + names.joined(separator: ", "), indent: 4)
  }

  // MARK: Forms

  private func wrapped(_ line: String, indent: Int) -> [String] {
    TextLayout.wrapped(line, columns: context.canvas.columns, indent: indent)
  }

  /// A page of plain lines.
  private func page(_ lines: [String]) -> Display {
    let plain = lines.joined(separator: "\n")
    return Display(plain, parts: [MIMEPart("text/markdown", .text("```\n\(plain)\n```"))])
  }

  private func code(_ text: String) -> Display {
    Display(text, parts: [MIMEPart("text/markdown", .text("```easel\n\(text)\n```"))])
  }
}
