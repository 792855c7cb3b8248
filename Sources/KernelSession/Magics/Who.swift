// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let who = Magic(
    "%who [type]",
    Text("Lists the variables: what they are, where they were made and last changed.", zh: "列出变量：类型、创建与最后改动的位置。"),
    argument: .type
  ) { call in
    let wanted = call.argument
    let variables = call.evaluator.variables.filter { wanted.isEmpty || $0.value.isKind(of: wanted) }
    guard !variables.isEmpty else {
      return call.print(
        wanted.isEmpty
          ? Text("no variables yet", zh: "还没有变量")
          : Text("no variables of type \(wanted)", zh: "没有类型为 \(wanted) 的变量"))
    }
    let context = DisplayContext(language: call.language, canvas: call.session.stage.canvas)
    let rows = variables.map { name, value in
      let story = call.session.recipes.story(of: name)
      return [name, value.typeName, story?.madeIn ?? "", story?.changedIn ?? "", note(value, context)]
    }
    let headings = [
      Text("name", zh: "名称"), Text("kind", zh: "类型"), Text("made", zh: "创建于"), Text("last changed", zh: "最后改动"),
      Text("note", zh: "说明"),
    ]
    let caption = Text("variables", zh: "变量")(call.language)
    call.show(
      TextTable(caption: caption, headings: headings.map { $0(call.language) }, rows: rows).display(context.canvas))
  }

  /// The value's line without the name of its type, which has a column of its own.
  private static func note(_ value: Value, _ context: DisplayContext) -> String {
    let line = value.line(context).prefix { !$0.isNewline }
    let type = value.typeName
    guard line.hasPrefix(type) else { return String(line) }
    return String(line.dropFirst(type.count).drop { $0 == " " || $0 == ":" })
  }
}

extension Value {
  /// Whether the value is of this type; `Trainer` and `Module` stand for all of their kinds.
  fileprivate func isKind(of type: String) -> Bool {
    if typeName.lowercased() == type.lowercased() { return true }
    guard case .host(let object) = self else { return false }
    return Swift.type(of: object).typeName.lowercased() == type.lowercased()
  }
}
