// SPDX-License-Identifier: Apache-2.0

/// A function that a program defined by `def` or `->`.
final class UserFunction: Function {
  /// A function without the frame in which it was made.
  final class Blueprint {
    let node: FunctionNode
    /// The values of the defaults, computed when it was made.
    let defaults: [Value?]
    /// The name of a `def`, or the first variable that a lambda was bound to.
    fileprivate(set) var name: String?

    init(_ node: FunctionNode, defaults: [Value?]) {
      self.node = node
      self.defaults = defaults
      name = node.name
    }
  }

  let blueprint: Blueprint
  /// The frame in which it was made.
  let captured: Frame

  init(_ blueprint: Blueprint, in frame: Frame) {
    self.blueprint = blueprint
    captured = frame
    frame.capture()
  }

  var node: FunctionNode { blueprint.node }
  var running: RunningProgram { captured.running }
  var name: String? { blueprint.name }
  var parameterNames: [String] { node.parameters.map(\.name) }

  var signature: String {
    let parameters = zip(node.parameters, blueprint.defaults).map { parameter, value in
      value.map { "\(parameter.name)=\($0.literalText)" } ?? parameter.name
    }
    return "\(name ?? "")(\(parameters.joined(separator: ", ")))"
  }

  var definition: String? { sourceText }

  /// The text of the definition.
  var sourceText: String { running.source.text(of: node.span) }

  func assigned(to name: String) {
    if blueprint.name == nil { blueprint.name = name }
  }

  func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value {
    let frame = Frame(running, slotCount: node.slotNames.count, parent: captured, function: node)
    try bind(arguments, in: frame)
    return try call.evaluator.run(self, in: frame)
  }

  /// Whether both are the same definition made in the same call.
  func isSame(as other: UserFunction) -> Bool { blueprint === other.blueprint && captured === other.captured }

  // MARK: Binding

  private func bind(_ arguments: Arguments, in frame: Frame) throws {
    let parameters = node.parameters
    guard arguments.positional.count <= parameters.count else { throw tooMany(arguments) }
    for (index, value) in arguments.positional.enumerated() { frame[index] = value }
    for (name, value) in arguments.named {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else {
        throw CallMistake.unknownArgument(name, of: shownName, known: parameterNames)
      }
      guard index >= arguments.positional.count else { throw CallMistake.givenTwice(name, to: shownName) }
      frame[index] = value
    }
    for index in parameters.indices where frame[index] == nil {
      guard let value = blueprint.defaults[index] else {
        throw CallMistake.missing(parameters[index].name, of: signature)
      }
      frame[index] = value
    }
  }

  private func tooMany(_ arguments: Arguments) -> Diagnostic {
    CallMistake.tooMany(
      of: signature, given: arguments.positional.count, taken: node.parameters.count)
  }

  private var shownName: String { name ?? "the function" }
}

/// An argument that the callee evaluates, in the frame where it was written.
final class LazyFunction: Function {
  let node: LazyNode
  let frame: Frame

  init(_ node: LazyNode, in frame: Frame) {
    self.node = node
    self.frame = frame
  }

  var name: String? { nil }
  var signature: String { "()" }
  var parameterNames: [String] { [] }

  func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value {
    try call.evaluator.force(.function(self), with: [])
  }

  /// The text of the expression or block.
  var sourceText: String {
    switch node.body {
    case .expression(let expression): frame.source.text(of: expression.span)
    case .block(let block): frame.source.text(of: block.span)
    }
  }
}
