// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let recipe = Magic(
    "%recipe OBJECT", Text("Prints a program that makes the object again.", zh: "打印重新得到该对象的程序。"), argument: .variable
  ) { call in
    for line in try program(call) {
      if let remark = line.remark { call.print(remark) }
      call.print(line.code)
    }
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
    if let stopped = lines.first(where: { $0.ending == .interrupted }) {
      let first = stopped.code.prefix { !$0.isNewline }
      throw Diagnostic(
        .state,
        Text(
          "\(name) cannot be made again exactly: \"\(first)\" was interrupted on its way",
          zh: "无法精确重做 \(name)：“\(first)”曾在中途被中断"),
        help: [.init(code: "%recipe \(name)")], span: call.span)
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

  private static func program(_ call: MagicCall) throws -> [RecipeLog.Line] {
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
  func remake(_ name: String, by lines: [RecipeLog.Line]) throws -> String? {
    let fresh = sideEvaluator()
    try stage.muted {
      for line in lines {
        do throws(Diagnostic) {
          try fresh.run(SourceText(line.code, name: "%recipe"))
        } catch {
          guard error.kind != .interrupted else { throw Session.stoppedVerifying(name) }
          guard line.ending == .failed else { throw error }
        }
      }
    }
    return fresh[variable: name].flatMap(services.fingerprint)
  }

  /// What was stopped is the copy, with which nobody can go on.
  private static func stoppedVerifying(_ name: String) -> Diagnostic {
    Diagnostic(.interrupted, Text("%verify was stopped; \(name) is as it was", zh: "%verify 已停止；\(name) 保持原状"))
  }
}

extension RecipeLog.Line {
  /// What is said above it, where it did not end as its words mean.
  fileprivate var remark: String? {
    switch ending {
    case .whole: nil
    case .failed: "# ends with an error, after what it changed"
    case .interrupted: "# was interrupted on its way: this cannot be repeated exactly"
    }
  }
}
