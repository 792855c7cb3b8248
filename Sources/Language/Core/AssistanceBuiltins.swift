// SPDX-License-Identifier: Apache-2.0

extension CoreBuiltins {
  static let assistance: [Builtin] = [help, why]

  private static let help = Builtin(
    "help", .verb, in: .session, Text("Explains a function, a type, a value or a topic.", zh: "解释函数、类型、值或主题。"),
    Parameter<Value>(
      "x", Text("A function, a value, or a topic in quotes.", zh: "函数、值，或加引号的主题。"), default: .nothing),
    examples: [Example("help print", shows: "print("), Example("help(\"python\")", shows: "Python")],
    seeAlso: ["why"]
  ) { call, x in
    let topic: String
    switch x {
    case .nothing: topic = ""
    case .string(let text): topic = text
    case .function(let function): topic = function.name ?? ""
    case .host(let object): topic = object.typeName
    default: topic = x.typeName
    }
    if case .function(let function as UserFunction) = x {
      call.emit(.page(Display(function.sourceText)))
    } else if let page = call.evaluator.table.help(on: topic, call.displayContext) {
      call.emit(.page(page))
    } else {
      throw call.evaluator.table.noHelp(on: topic)
    }
    return Nothing()
  }

  private static let why = Builtin(
    "why", .verb, in: .session, Text("Explains the last error at length.", zh: "详细解释上一个错误。"),
    examples: [Example("why", shows: "No error yet")], seeAlso: ["help"]
  ) { call in
    let language = call.language
    guard let error = call.evaluator.lastError else {
      call.print(Text("No error yet.", zh: "还没有出现错误。")(language))
      return Nothing()
    }
    let page = ErrorPages.page(error.kind)(language)
    call.emit(.display(Display(error.summary(language) + "\n\n" + page), id: nil))
    return Nothing()
  }
}
