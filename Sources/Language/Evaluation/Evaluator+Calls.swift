// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// A call in the source, in any of its spellings.
  func call(_ node: CallNode, _ span: SourceSpan, _ frame: Frame) throws -> Value {
    var arguments = Arguments()
    let callee: Value
    switch node.style {
    case .plain, .pipe: callee = try plainCallee(node, frame)
    case .method: callee = try method(node, &arguments, frame)
    case .command:
      guard let verb = try verb(node, frame) else { return try evaluate(node.callee, frame) }
      callee = .function(verb)
    }
    let call = Call(self, .node(node, span, frame, callee: callee))
    do {
      try evaluate(node.arguments, for: callee, into: &arguments, call, frame)
      return try apply(callee, to: arguments, call)
    } catch {
      let diagnostic = explained(error, at: span, in: frame, call: call)
      throw node.style == .command ? diagnostic.hintingAtComma(in: node, span, frame.source) : diagnostic
    }
  }

  /// The callee of `f(…)`: a builtin also where a number of its name stands before it, as `accuracy` does in `until=`.
  private func plainCallee(_ node: CallNode, _ frame: Frame) throws -> Value {
    let value = try evaluate(node.callee, frame)
    guard !value.isCallable, value.number != nil, case .name(let name) = node.callee.kind,
      let builtin = table.functions[name.text]
    else { return value }
    return .function(builtin)
  }

  /// The builtin that a command means; nil when a bare word is the name of a variable.
  private func verb(_ node: CallNode, _ frame: Frame) throws -> BuiltinFunction? {
    guard case .name(let name) = node.callee.kind, let builtin = table.functions[name.text] else { return nil }
    guard node.arguments.isEmpty, let value = lookUp(name, frame) else { return builtin }
    if case .function(let function) = value, function === builtin { return builtin }
    return nil
  }

  /// The callee of `a.f(…)`: the field when it can be called, else the function `f` with `a` as first argument.
  private func method(_ node: CallNode, _ arguments: inout Arguments, _ frame: Frame) throws -> Value {
    guard case .field(let base, let name) = node.callee.kind else { return try evaluate(node.callee, frame) }
    let receiver = try evaluate(base, frame)
    if let field = try located(at: name.span, frame, { try self.field(name.text, of: receiver, mark: name.mark) }),
      field.isCallable
    {
      return field
    }
    arguments.positional.append(receiver)
    if let function = lookUp(name, frame), function.isCallable { return function }
    if let builtin = table.functions[name.text] { return .function(builtin) }
    throw NameMistake(self, frame).unknownMember(name, of: receiver, isCall: true).placed(in: frame.source)
  }

  // MARK: Arguments

  private func evaluate(
    _ nodes: [ArgumentNode], for callee: Value, into arguments: inout Arguments, _ call: Call, _ frame: Frame
  ) throws {
    arguments.positional.reserveCapacity(arguments.positional.count + nodes.count)
    for node in nodes {
      guard let name = node.name else {
        arguments.positional.append(try evaluate(node.value, frame))
        continue
      }
      arguments.named.append((name, try named(name, node.value, callee, call, frame)))
    }
  }

  /// A named argument: left unevaluated where the callee wants it so.
  private func named(
    _ name: String, _ value: Expression, _ callee: Value, _ call: Call, _ frame: Frame
  ) throws -> Value {
    guard case .function(let function) = callee else { return try evaluate(value, frame) }
    if let builtin = function as? BuiltinFunction, !builtin.takes(name) {
      throw explained(
        CallMistake.unknownArgument(name, of: builtin.title, known: builtin.parameterNames), at: value.span, in: frame,
        call: call)
    }
    if case .lazy(let node) = value.kind, function.lazyParameters.contains(name) {
      return .function(LazyFunction(node, in: frame))
    }
    return try evaluate(value, frame)
  }

  // MARK: Applying

  /// Calls a value.
  func apply(_ callee: Value, to arguments: Arguments, _ call: Call) throws -> Value {
    switch callee {
    case .function(let function): return try function(arguments, in: call)
    case .host(let object):
      if let result = try object.called(with: arguments, call) { return result }
    default: break
    }
    throw Diagnostic(
      .type, Text("\(callee.typeName) cannot be called", zh: "\(callee.typeName) 不能调用"),
      labels: [.init(.callee, Text(callee.typeName, zh: callee.typeName))])
  }

  /// Runs the body of a function in a frame whose parameters are bound.
  func run(_ function: UserFunction, in frame: Frame) throws -> Value {
    guard callDepth < Limits.calls, stack.hasRoom else {
      throw Diagnostic(
        .state, Text("calls are nested too deep (\(callDepth))", zh: "函数调用嵌套过深（\(callDepth) 层）"),
        help: [.init(Text("a function that calls itself needs a case that does not", zh: "递归函数要有不再调用自己的情形"))])
    }
    try checkInterruption()
    callDepth += 1
    defer { callDepth -= 1 }
    do {
      switch function.node.body {
      case .expression(let expression): return try evaluate(expression, frame)
      case .block(let block):
        switch try execute(block, frame) {
        case .next(let value), .give(let value): return value
        case .leave, .again: return .nothing
        }
      }
    } catch {
      var diagnostic = explained(error, at: function.node.span, in: frame)
      diagnostic.chain.append(function.name ?? "->")
      throw diagnostic
    }
  }

  /// Evaluates a lazy argument with `bindings` in front of variables of the same names; calls a function with them.
  func force(_ expression: Value, with bindings: [(String, Value)]) throws -> Value {
    guard case .function(let function) = expression else { return expression }
    guard let lazy = function as? LazyFunction else {
      let takesRecord = !function.parameterNames.isEmpty
      return try apply(
        expression, to: Arguments(takesRecord ? [.record(Record(bindings))] : []), hostCall(function.name ?? ""))
    }
    let frame = lazy.frame
    let before = lazy.node.overlays.map { frame[$0.slot] }
    for (name, slot) in lazy.node.overlays { frame[slot] = bindings.first { $0.0 == name }?.1 }
    defer { for (overlay, value) in zip(lazy.node.overlays, before) { frame[overlay.slot] = value } }
    switch lazy.node.body {
    case .block(let block):
      if case .next(let value) = try execute(block, frame) { return value }
      return .nothing
    case .expression(let body):
      let value = try evaluate(body, frame)
      if case .function = value { return try force(value, with: bindings) }
      return value
    }
  }

  /// Runs `body`; an error without a place gets this one.
  func located<Result>(at span: SourceSpan, _ frame: Frame, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw explained(error, at: span, in: frame)
    }
  }
}
