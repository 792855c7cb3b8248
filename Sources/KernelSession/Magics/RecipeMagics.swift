// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let recipe = Magic(
    "%recipe OBJECT", Text("Prints a program that makes the object again.", zh: "打印重新得到该对象的程序。"), argument: .variable
  ) { call in
    for line in try program(call) { call.print(line) }
  }

  static let verify = Magic(
    "%verify OBJECT",
    Text("Makes the object again in a fresh session and compares every bit.", zh: "在全新会话中重做该对象并逐位比较。"),
    argument: .variable
  ) { call in
    let name = call.argument
    let lines = try program(call)
    guard let value = call.evaluator[variable: name], let mine = call.session.services.fingerprint(value) else {
      throw call.mistake(
        Text("%verify cannot compare a value of this type", zh: "%verify 无法比较这种类型的值"),
        help: [.init(code: "%recipe \(name)")])
    }
    let again = try call.session.remake(name, by: lines)
    let count = lines.count
    guard again == mine else {
      return call.print(
        Text(
          "differs: \(count) statements make another \(name); something outside the session had a hand in it",
          zh: "不一致：\(count) 条语句得到的 \(name) 不同，会话之外的因素影响了它"))
    }
    call.print(
      Text(
        "verified: \(count) statements make \(name) again, equal in every bit", zh: "已验证：\(count) 条语句重做的 \(name) 逐位相同"))
  }

  private static func program(_ call: MagicCall) throws -> [String] {
    let name = call.argument
    guard !name.isEmpty else {
      throw call.mistake(
        Text("\(call.name) wants the name of an object", zh: "\(call.name) 需要一个对象名"), help: [.init(code: "%who")])
    }
    guard call.evaluator[variable: name] != nil else {
      let near = Suggestions.closest(to: name, in: call.evaluator.variables.map(\.name))
      throw Diagnostic(
        .name, Text("no variable \"\(name)\"", zh: "没有变量“\(name)”"),
        help: [.init(code: near.map { "\(call.name) \($0)" } ?? "%who")],
        span: call.span)
    }
    return call.session.recipes.recipe(for: name)
  }
}

extension Session {
  /// The fingerprint of `name` after `lines` ran among variables of their own; nothing is shown.
  func remake(_ name: String, by lines: [String]) throws -> String? {
    let fresh = sideEvaluator()
    try stage.muted {
      for line in lines { try fresh.run(SourceText(line, name: "%recipe")) }
    }
    return fresh[variable: name].flatMap(services.fingerprint)
  }
}
