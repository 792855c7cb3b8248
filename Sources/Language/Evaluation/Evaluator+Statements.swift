// SPDX-License-Identifier: Apache-2.0

/// How a statement ended.
enum Flow {
  /// On to the next one, with the value when it was an expression.
  case next(Value)
  /// `break`.
  case leave
  /// `continue`.
  case again
  /// `return`.
  case give(Value)
}

extension Evaluator {
  /// Runs a block; its value is that of its last expression.
  func execute(_ block: Block, _ frame: Frame) throws -> Flow {
    var last = Value.nothing
    for statement in block.statements {
      guard interruption == .none else { try checkInterruption(); return .next(.nothing) }
      switch try execute(statement, frame) {
      case .next(let value): last = value
      case let flow: return flow
      }
    }
    return .next(last)
  }

  func execute(_ statement: Statement, _ frame: Frame) throws -> Flow {
    do {
      return try perform(statement, frame)
    } catch {
      var diagnostic = explained(error, at: statement.span, in: frame)
      if diagnostic.chain.isEmpty, !frame.isTopLevel, case .assign(let target, _) = statement.kind {
        diagnostic.chain.append(frame.source.text(of: target.span))
      }
      throw diagnostic
    }
  }

  private func perform(_ statement: Statement, _ frame: Frame) throws -> Flow {
    switch statement.kind {
    case .expression(let expression):
      let value = try evaluate(expression, frame)
      if expression.isCommand, !statement.isSilent { show(value) }
      return .next(value)
    case .assign(let target, let expression):
      try assign(evaluate(expression, frame), to: target, frame)
    case .augmented(let target, let symbol, let expression):
      try augment(target, symbol, expression, frame)
    case .branch(let branches, let otherwise): return try branch(branches, otherwise, frame)
    case .loop(let node): return try loop(node, frame)
    case .with(let contexts, let body): return try with(contexts[...], body, frame)
    case .define(let name, let node): try bind(.function(makeFunction(node, frame)), to: name, frame)
    case .giveBack(let expression): return .give(try expression.map { try evaluate($0, frame) } ?? .nothing)
    case .leaveLoop: return .leave
    case .nextRound: return .again
    }
    return .next(.nothing)
  }

  private func branch(
    _ branches: [(condition: Expression, body: Block)], _ otherwise: Block?, _ frame: Frame
  ) throws -> Flow {
    for (condition, body) in branches where try truth(of: condition, frame) { return try execute(body, frame) }
    return try otherwise.map { try execute($0, frame) } ?? .next(.nothing)
  }

  /// Enters the contexts one inside the other and leaves them in turn, also after an error.
  private func with(_ contexts: ArraySlice<Expression>, _ body: Block, _ frame: Frame) throws -> Flow {
    guard let first = contexts.first else { return try execute(body, frame) }
    let value = try evaluate(first, frame)
    let call = hostCall("with")
    guard case .host(let object) = value, try object.entered(call) else {
      throw Diagnostic(
        .type, Text("\(value.typeName) cannot stand behind with", zh: "\(value.typeName) 不能用在 with 后面"),
        labels: [.init(.span(first.span), Text(value.typeName, zh: value.typeName))],
        help: [
          .init(
            code: "with no_grad() { … }",
            Text("or seed(7), frozen(D), eval_mode(G)", zh: "或 seed(7)、frozen(D)、eval_mode(G)"))
        ])
    }
    defer { object.left(call) }
    return try with(contexts.dropFirst(), body, frame)
  }

  /// A condition, with the place of what cannot be one.
  func truth(of condition: Expression, _ frame: Frame) throws -> Bool {
    let value = try evaluate(condition, frame)
    if case .bool(let flag) = value { return flag }
    do {
      return try truth(of: value)
    } catch {
      var diagnostic = explained(error, at: condition.span, in: frame)
      if diagnostic.labels.isEmpty, diagnostic.span == condition.span {
        diagnostic.labels = [.init(.span(condition.span), value.briefText)]
      }
      throw diagnostic
    }
  }
}
