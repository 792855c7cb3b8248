// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Reads `parameter { "," parameter } [ "," ]`, or nothing.
  mutating func parameters() throws(SyntaxFailure) -> [FunctionNode.Parameter] {
    var parameters: [FunctionNode.Parameter] = []
    var names: Set<String> = []
    while !at(.closeParenthesis) {
      let span = current.span
      let next = try parameter()
      if !names.insert(next.name).inserted {
        note(span, Text("the parameter \(next.name) comes twice", zh: "参数 \(next.name) 重复"))
      }
      if next.defaultValue == nil, parameters.last?.defaultValue != nil {
        note(span, Text("parameters with a default come last", zh: "有默认值的参数要放在最后"))
      }
      parameters.append(next)
      guard take(.comma) else { break }
    }
    checkCount(names.count)
    return parameters
  }

  /// Reads `NAME [ "=" expression ]`.
  private mutating func parameter() throws(SyntaxFailure) -> FunctionNode.Parameter {
    guard case .name(let name) = current.kind else {
      throw failure(Text("expected the name of a parameter here", zh: "这里应为参数名"))
    }
    advance()
    return FunctionNode.Parameter(name: name, defaultValue: take(.assign) ? try expression() : nil)
  }

  /// Reads `( NAME | "(" [ parameters ] ")" ) "->" ( block | expression )`.
  mutating func lambda() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let parameters: [FunctionNode.Parameter]
    if case .name(let name) = current.kind {
      advance()
      parameters = [FunctionNode.Parameter(name: name, defaultValue: nil)]
    } else {
      parameters = try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in try parser.parameters() }
    }
    try expect(.arrow)
    let node = try nested { parser throws(SyntaxFailure) in
      try parser.function(named: nil, parameters, from: start, assignsBody: false)
    }
    return Expression(.lambda(node), span(from: start))
  }

  /// Whether a lambda starts here: the parser looks behind the closing parenthesis.
  var startsLambda: Bool {
    switch current.kind {
    case .name: return token(ahead: 1).kind == .symbol(.arrow)
    case .symbol(.openParenthesis):
      let partner = current.partner
      return partner >= 0 && tokens[min(partner + 1, tokens.count - 1)].kind == .symbol(.arrow)
    default: return false
    }
  }

  /// The body of a function in a scope of its own; after `def` an expression stands behind `=`.
  mutating func function(
    named name: String?, _ parameters: [FunctionNode.Parameter], from start: Int, assignsBody: Bool
  ) throws(SyntaxFailure) -> FunctionNode {
    scopes.openFunction()
    for parameter in parameters { scopes.declare(parameter.name) }
    let around = (loops, allowsReturn)
    (loops, allowsReturn) = ([], true)
    let body = try functionBody(assignsBody: assignsBody)
    (loops, allowsReturn) = around
    return FunctionNode(
      name: name, parameters: parameters, body: body, slotNames: scopes.closeFunction(), span: span(from: start))
  }

  private mutating func functionBody(assignsBody: Bool) throws(SyntaxFailure) -> FunctionNode.Body {
    if at(.openBrace) { return .block(try block()) }
    if assignsBody, !take(.assign) {
      throw failure(Text("expected { or = here", zh: "这里应为 { 或 ="))
    }
    return .expression(try expression())
  }

  // MARK: Lazy arguments

  /// A block that a verb runs when it wants to.
  mutating func lazyBlock() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    scopes.openLazy()
    let around = (loops, allowsReturn)
    (loops, allowsReturn) = ([], false)
    let body = try block()
    (loops, allowsReturn) = around
    return Expression(.lazy(LazyNode(.block(body), overlays: scopes.closeLazy())), span(from: start))
  }

  /// An expression that a builtin evaluates when it wants to.
  mutating func lazyExpression() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    scopes.openLazy()
    let body = try expression()
    return Expression(.lazy(LazyNode(.expression(body), overlays: scopes.closeLazy())), span(from: start))
  }
}
