// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Reads `atom { "(" [ arguments ] ")" | "[" subscripts "]" | "." NAME }`.
  mutating func postfix() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    var base = try atom()
    let before = depth
    while case .symbol(let symbol) = current.kind {
      let kind: Expression.Kind
      switch symbol {
      case .openParenthesis: kind = .call(try call(base))
      case .openBracket:
        kind = .subscripts(
          base, try bracketed(.openBracket) { parser throws(SyntaxFailure) in try parser.subscripts() })
      case .dot: kind = .field(base, try fieldName())
      default:
        depth = before
        return base
      }
      try nested { _ throws(SyntaxFailure) in }
      depth += 1
      base = Expression(kind, span(from: start))
    }
    depth = before
    return base
  }

  private mutating func call(_ callee: Expression) throws(SyntaxFailure) -> CallNode {
    let arguments = try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in try parser.arguments() }
    if case .field = callee.kind { return CallNode(.method, callee, arguments) }
    return CallNode(.plain, callee, arguments)
  }

  /// The name behind a dot, which may be a keyword.
  private mutating func fieldName() throws(SyntaxFailure) -> NameNode {
    advance()
    switch current.kind {
    case .name(let text): return NameNode(text: text, span: advance().span, use: scopes.use(text))
    case .keyword(let keyword):
      return NameNode(text: keyword.rawValue, span: advance().span, use: scopes.use(keyword.rawValue))
    default: throw failure(Text("expected the name of a field here", zh: "这里应为字段名"))
    }
  }

  /// Reads `argument { "," argument } [ "," ]`, or nothing.
  private mutating func arguments() throws(SyntaxFailure) -> [ArgumentNode] {
    var arguments: [ArgumentNode] = []
    while !at(.closeParenthesis) {
      arguments.append(try argument())
      guard take(.comma) else { break }
    }
    check(arguments)
    return arguments
  }

  /// Reads `NAME "=" expression | expression`.
  mutating func argument() throws(SyntaxFailure) -> ArgumentNode {
    let start = current.span.start
    guard case .name(let name) = current.kind, token(ahead: 1).kind == .symbol(.assign) else {
      let value = try expression()
      return ArgumentNode(name: nil, value: value, span: value.span)
    }
    advance()
    advance()
    let value = grammar.lazyParameters.contains(name) ? try lazyExpression() : try expression()
    return ArgumentNode(name: name, value: value, span: span(from: start))
  }

  /// Notes when there are more names than anybody types: they are looked up one by one.
  mutating func checkCount(_ count: Int) {
    guard count > Self.nameLimit else { return }
    note(current.span, Text("more than \(Self.nameLimit) names", zh: "超过 \(Self.nameLimit) 个名字"))
  }

  /// Notes named arguments that come twice and positional ones behind named ones.
  mutating func check(_ arguments: [ArgumentNode]) {
    var names: Set<String> = []
    for argument in arguments {
      if let name = argument.name {
        guard !names.insert(name).inserted else { continue }
        note(argument.span, Text("the argument \(name) comes twice", zh: "参数 \(name) 重复"))
      } else if !names.isEmpty {
        note(argument.span, Text("arguments without a name come first", zh: "没有名字的参数要放在前面"))
      }
    }
    checkCount(names.count)
  }

  /// Reads `subscript { "," subscript } [ "," ]`.
  private mutating func subscripts() throws(SyntaxFailure) -> [SubscriptNode] {
    var subscripts = [try `subscript`()]
    while take(.comma), !at(.closeBracket) { subscripts.append(try `subscript`()) }
    return subscripts
  }

  /// Reads `"..." | [ expression ] ":" [ expression ] [ ":" [ expression ] ] | expression`.
  private mutating func `subscript`() throws(SyntaxFailure) -> SubscriptNode {
    if take(.ellipsis) { return .ellipsis }
    let start = at(.colon) ? nil : try expression()
    guard take(.colon) else {
      guard let start else { throw failure(Text("expected an index here", zh: "这里应为索引")) }
      return .index(start)
    }
    let stop = try sliceBound()
    return .slice(start: start, stop: stop, step: take(.colon) ? try sliceBound() : nil)
  }

  private mutating func sliceBound() throws(SyntaxFailure) -> Expression? {
    at(.colon) || at(.comma) || at(.closeBracket) ? nil : try expression()
  }

  /// Reads `NUMBER | SIZE | STRING | FSTRING | "True" | "False" | "None" | NAME | tuple | record | list | comprehension`.
  private mutating func atom() throws(SyntaxFailure) -> Expression {
    let token = current
    let kind: Expression.Kind
    switch token.kind {
    case .integer(let value): kind = .int(value)
    case .number(let value): kind = .float(value)
    case .size(let sizes): kind = .tuple(sizes.map { Expression(.int($0), token.span) })
    case .string(let text): kind = .string(text)
    case .keyword(.true): kind = .bool(true)
    case .keyword(.false): kind = .bool(false)
    case .keyword(.nothing): kind = .nothing
    case .formatted(let pieces): return try formatted(pieces)
    case .name: return nameExpression()
    case .symbol(.openParenthesis): return try parenthesized()
    case .symbol(.openBracket): return try list()
    default: throw failure(Text("expected a value here", zh: "这里应为一个值"))
    }
    advance()
    return Expression(kind, token.span)
  }

  /// The name at the position, as a use of it.
  mutating func nameExpression() -> Expression {
    let token = advance()
    guard case .name(let text) = token.kind else { return Expression(.nothing, token.span) }
    return Expression(.name(NameNode(text: text, span: token.span, use: scopes.use(text))), token.span)
  }
}
