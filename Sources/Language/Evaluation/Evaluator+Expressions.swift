// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// The value of an expression.
  func evaluate(_ expression: Expression, _ frame: Frame) throws -> Value {
    switch expression.kind {
    case .nothing: return .nothing
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .name(let name): return try value(of: name, frame)
    case .call(let node): return try call(node, expression.span, frame)
    case .binary(let symbol, let left, let right): return try binary(symbol, left, right, expression.span, frame)
    case .field(let base, let name): return try field(name, of: base, frame)
    case .subscripts(let base, let nodes): return try subscripted(base, nodes, expression.span, frame)
    case .comparison(let operands, let operators): return try comparison(operands, operators, expression.span, frame)
    case .unary(let symbol, let operand): return try unary(symbol, operand, expression.span, frame)
    case .all(let operands): return try logical(.and, operands, expression.span, frame)
    case .any(let operands): return try logical(.or, operands, expression.span, frame)
    case .conditional(let then, let condition, let otherwise):
      return try evaluate(truth(of: condition, frame) ? then : otherwise, frame)
    case .tuple(let items): return try Value.tuple(evaluate(items, frame)).checkedNesting()
    case .list(let items): return try Value.list(evaluate(items, frame)).checkedNesting()
    case .record(let fields): return try record(fields, frame)
    case .comprehension(let node): return try comprehension(node, frame)
    case .formatted(let parts): return try formatted(parts, frame)
    case .lambda(let node): return try Value.function(makeFunction(node, frame)).checkedNesting()
    case .lazy(let node): return try force(.function(LazyFunction(node, in: frame)), with: [])
    }
  }

  private func evaluate(_ items: [Expression], _ frame: Frame) throws -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(try evaluate(item, frame)) }
    return values
  }

  private func record(_ fields: [(name: String, value: Expression)], _ frame: Frame) throws -> Value {
    var record = Record()
    for field in fields { record[field.name] = try evaluate(field.value, frame) }
    return try Value.record(record).checkedNesting()
  }

  private func comprehension(_ node: ComprehensionNode, _ frame: Frame) throws -> Value {
    clear(node.pattern, frame)
    let values = try iterator(over: node.source, frame)
    defer { clear(node.pattern, frame) }
    var items: [Value] = []
    while let value = try values.next() {
      guard interruption == .none else { try checkInterruption(); break }
      try bind(value, to: node.pattern, frame)
      if let condition = node.condition, try !truth(of: condition, frame) { continue }
      items.append(try evaluate(node.element, frame))
      try Limits.check(items: items.count)
    }
    return try Value.list(items).checkedNesting()
  }

  func makeFunction(_ node: FunctionNode, _ frame: Frame) throws -> UserFunction {
    let defaults = try node.parameters.map { try $0.defaultValue.map { try evaluate($0, frame) } }
    return UserFunction(UserFunction.Blueprint(node, defaults: defaults), in: frame)
  }

  // MARK: Operators

  private func unary(
    _ symbol: UnaryOperator, _ operand: Expression, _ span: SourceSpan, _ frame: Frame
  ) throws -> Value {
    let value = try evaluate(operand, frame)
    do {
      return try unary(symbol, value)
    } catch {
      throw explained(error, at: span, in: frame, call: operatorCall(symbol.rawValue, [operand], span, frame))
    }
  }

  private func binary(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ span: SourceSpan, _ frame: Frame
  ) throws -> Value {
    let leftValue = try evaluate(left, frame)
    let rightValue = try evaluate(right, frame)
    do {
      return try binary(symbol, leftValue, rightValue)
    } catch {
      throw explained(error, at: span, in: frame, call: operatorCall(symbol.rawValue, [left, right], span, frame))
    }
  }

  /// `a < b <= c`, each operand evaluated once and none behind the first false one.
  private func comparison(
    _ operands: [Expression], _ operators: [ComparisonOperator], _ span: SourceSpan, _ frame: Frame
  ) throws -> Value {
    var left = try evaluate(operands[0], frame)
    var result = Value.bool(true)
    for (index, symbol) in operators.enumerated() {
      let right = try evaluate(operands[index + 1], frame)
      do {
        let step = try compare(symbol, left, right)
        result = index == 0 ? step : try binary(.and, result, step)
        if index + 1 < operators.count, !result.isElementwise, try !truth(of: result) { return result }
      } catch {
        let operands = [operands[index], operands[index + 1]]
        throw explained(error, at: span, in: frame, call: operatorCall(symbol.text, operands, span, frame))
      }
      left = right
    }
    return result
  }

  /// `and`, `or`: elementwise on tensors, else the operand that decides, as in Python.
  private func logical(
    _ symbol: BinaryOperator, _ operands: [Expression], _ span: SourceSpan, _ frame: Frame
  ) throws -> Value {
    var result = try evaluate(operands[0], frame)
    for (index, operand) in operands.enumerated().dropFirst() {
      do {
        if result.isElementwise {
          result = try binary(symbol, result, evaluate(operand, frame))
        } else if try truth(of: result) == (symbol == .and) {
          result = try evaluate(operand, frame)
        } else {
          return result
        }
      } catch {
        let operands = [operands[index - 1], operand]
        throw explained(error, at: span, in: frame, call: operatorCall(symbol.rawValue, operands, span, frame))
      }
    }
    return result
  }

  /// The operator as a call, so that errors can point at its operands.
  func operatorCall(_ name: String, _ operands: [Expression], _ span: SourceSpan, _ frame: Frame) -> Call {
    let site = CallSite(
      source: frame.source, span: span, callee: span, positional: operands.map(\.span), named: [], parameterNames: [])
    return Call(self, .site(site, name: name))
  }
}

extension ComparisonOperator {
  /// The operator as it is typed.
  var text: String {
    switch self {
    case .relation(let symbol): symbol.rawValue
    case .contained: "in"
    case .notContained: "not in"
    }
  }
}

extension Value {
  /// Whether `and`, `or`, `not` act on its elements.
  var isElementwise: Bool {
    if case .host(let object) = self { object.isElementwise } else { false }
  }
}
