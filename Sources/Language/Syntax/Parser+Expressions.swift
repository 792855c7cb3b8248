// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Reads `expression { "," expression }`; more than one makes a tuple.
  mutating func expressionList() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let first = try expression()
    guard at(.comma) else { return first }
    var items = [first]
    while take(.comma) { items.append(try expression()) }
    return Expression(.tuple(items), span(from: start))
  }

  /// Reads `lambda | pipe`.
  mutating func expression() throws(SyntaxFailure) -> Expression {
    startsLambda ? try lambda() : try pipe()
  }

  /// Reads `conditional { "|>" conditional }`.
  private mutating func pipe() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    var left = try conditional()
    let before = depth
    while take(.pipe) {
      let right = try nested { parser throws(SyntaxFailure) in try parser.conditional() }
      depth += 1
      left = Expression(.call(pipedCall(left, into: right)), span(from: start))
    }
    depth = before
    return left
  }

  /// `x |> f` is `f(x)`, and `x |> f(a)` is `f(x, a)` unless the call stands in parentheses.
  private func pipedCall(_ left: Expression, into right: Expression) -> CallNode {
    let first = ArgumentNode(name: nil, value: left, span: left.span)
    if case .call(let call) = right.kind, call.style != .pipe, call.callee.span.start == right.span.start {
      return CallNode(.pipe, call.callee, [first] + call.arguments)
    }
    return CallNode(.pipe, right, [first])
  }

  /// Reads `disjunction [ "if" disjunction "else" conditional ]`.
  private mutating func conditional() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let then = try disjunction()
    guard take(.if) else { return then }
    let condition = try disjunction()
    try expect(.else)
    let otherwise = try nested { parser throws(SyntaxFailure) in try parser.conditional() }
    return Expression(.conditional(then: then, condition: condition, otherwise: otherwise), span(from: start))
  }

  /// Reads `conjunction { "or" conjunction }`.
  mutating func disjunction() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let first = try conjunction()
    guard at(.or) else { return first }
    var operands = [first]
    while take(.or) { operands.append(try conjunction()) }
    return Expression(.any(operands), span(from: start))
  }

  /// Reads `negation { "and" negation }`.
  private mutating func conjunction() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let first = try negation()
    guard at(.and) else { return first }
    var operands = [first]
    while take(.and) { operands.append(try negation()) }
    return Expression(.all(operands), span(from: start))
  }

  /// Reads `"not" negation | comparison`.
  private mutating func negation() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    guard take(.not) else { return try comparison() }
    let operand = try nested { parser throws(SyntaxFailure) in try parser.negation() }
    return Expression(.unary(.not, operand), span(from: start))
  }

  /// Reads `sum { ( "==" | … | "in" | "not" "in" ) sum }`.
  private mutating func comparison() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let first = try sum()
    var operands = [first]
    var operators: [ComparisonOperator] = []
    while let next = try comparisonOperator() {
      operators.append(next)
      operands.append(try sum())
    }
    return operators.isEmpty ? first : Expression(.comparison(operands, operators), span(from: start))
  }

  private mutating func comparisonOperator() throws(SyntaxFailure) -> ComparisonOperator? {
    switch current.kind {
    case .symbol(.equal): advance(); return .relation(.equal)
    case .symbol(.notEqual): advance(); return .relation(.notEqual)
    case .symbol(.less): advance(); return .relation(.less)
    case .symbol(.lessOrEqual): advance(); return .relation(.lessOrEqual)
    case .symbol(.greater): advance(); return .relation(.greater)
    case .symbol(.greaterOrEqual): advance(); return .relation(.greaterOrEqual)
    case .keyword(.in): advance(); return .contained
    case .keyword(.not) where token(ahead: 1).kind == .keyword(.in) || token(ahead: 1).kind == .end:
      advance()
      try expect(.in)
      return .notContained
    default: return nil
    }
  }

  /// Reads `term { ( "+" | "-" ) term }`.
  private mutating func sum() throws(SyntaxFailure) -> Expression {
    try leftAssociative(\.sumOperator) { parser throws(SyntaxFailure) in try parser.term() }
  }

  /// Reads `unary { ( "*" | "/" | "//" | "%" | "@" ) unary }`.
  private mutating func term() throws(SyntaxFailure) -> Expression {
    try leftAssociative(\.termOperator) { parser throws(SyntaxFailure) in try parser.unary() }
  }

  /// Reads operands between operators; each operator makes the tree one deeper, so each counts as a level.
  private mutating func leftAssociative(
    _ binaryOperator: (Symbol) -> BinaryOperator?,
    _ operand: (inout Parser) throws(SyntaxFailure) -> Expression
  ) throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    var left = try operand(&self)
    let before = depth
    while case .symbol(let symbol) = current.kind, let next = binaryOperator(symbol) {
      advance()
      let right = try nested(operand)
      depth += 1
      left = Expression(.binary(next, left, right), span(from: start))
    }
    depth = before
    return left
  }

  /// Reads `( "-" | "+" ) unary | power`.
  private mutating func unary() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    guard at(.minus) || at(.plus) else { return try power() }
    let symbol: UnaryOperator = advance().kind == .symbol(.minus) ? .negative : .positive
    let operand = try nested { parser throws(SyntaxFailure) in try parser.unary() }
    return Expression(.unary(symbol, operand), span(from: start))
  }

  /// Reads `postfix [ "**" unary ]`.
  private mutating func power() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let base = try postfix()
    guard take(.power) else { return base }
    let exponent = try nested { parser throws(SyntaxFailure) in try parser.unary() }
    return Expression(.binary(.power, base, exponent), span(from: start))
  }
}
