// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Whether a verb-first command starts here: a verb that is not followed by what makes it an ordinary expression.
  var startsCommand: Bool {
    guard case .name(let name) = current.kind, grammar.verbs.contains(name) else { return false }
    let next = token(ahead: 1)
    switch next.kind {
    case .symbol(.openBracket): return next.span.start > current.span.end
    case .symbol(let symbol): return !Self.symbolsBehindVariables.contains(symbol)
    case .keyword(.and), .keyword(.or), .keyword(.in), .keyword(.if), .keyword(.else): return false
    default: return true
    }
  }

  private static let symbolsBehindVariables: Set<Symbol> = [
    .openParenthesis, .assign, .addAssign, .subtractAssign, .multiplyAssign, .divideAssign, .matrixMultiplyAssign, .dot,
    .comma, .pipe, .arrow, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .times, .slash,
    .doubleSlash, .percent, .power, .at, .colon,
  ]

  /// Reads `VERB [ argument { [ "," ] argument } ] [ block ]`.
  mutating func command() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let callee = nameExpression()
    var arguments: [ArgumentNode] = []
    while startsArgument {
      arguments.append(try argument())
      while take(.comma) { arguments.append(try argument()) }
    }
    if at(.openBrace) {
      let body = try lazyBlock()
      arguments.append(ArgumentNode(name: "do", value: body, span: body.span))
    }
    check(arguments)
    return Expression(.call(CallNode(.command, callee, arguments)), span(from: start))
  }

  /// Whether what stands here can start an expression.
  private var startsArgument: Bool {
    switch current.kind {
    case .name, .integer, .number, .size, .string, .formatted: true
    case .keyword(.not), .keyword(.true), .keyword(.false), .keyword(.nothing): true
    case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.minus), .symbol(.plus): true
    case .invalid: true
    default: false
    }
  }

  /// Reads `expressionList "=" expressionList | target ( "+=" | … ) expression`, or just `expressionList`.
  mutating func assignment() throws(SyntaxFailure) -> Statement.Kind {
    let left = try expressionList()
    if case .symbol(let symbol) = current.kind, let augmented = symbol.augmentedOperator {
      let target = try target(left)
      if case .tuple = target {
        throw failure(Text("\(symbol.rawValue) changes one thing at a time", zh: "\(symbol.rawValue) 一次只能改一个"))
      }
      advance()
      return .augmented(target, augmented, try expression())
    }
    guard at(.assign) else { return .expression(left) }
    let target = try target(left)
    advance()
    let right = try expressionList()
    if at(.assign) { throw secondAssignment(left, right) }
    return .assign(target, right)
  }

  /// `a = b = 1`, with the two statements that it stands for.
  private func secondAssignment(_ left: Expression, _ right: Expression) -> SyntaxFailure {
    let statement = source.statementSpan(around: current.span)
    let value = source.text(of: SourceSpan(current.span.end, statement.end)).drop { $0 == " " }
    let (first, second) = (source.text(of: left.span), source.text(of: right.span))
    return failure(
      Text("one = to a statement", zh: "一个语句只能有一个 ="),
      help: [.init(code: "\(second) = \(value.isEmpty ? "…" : value); \(first) = \(second)")])
  }

  // MARK: Patterns and targets

  /// Reads `patternItem { "," patternItem }`.
  mutating func pattern() throws(SyntaxFailure) -> Pattern {
    let start = current.span.start
    let first = try patternItem()
    guard at(.comma) else { return first }
    var items = [first]
    while take(.comma) { items.append(try patternItem()) }
    return .tuple(items, span(from: start))
  }

  /// Reads `NAME | "(" pattern ")"`.
  private mutating func patternItem() throws(SyntaxFailure) -> Pattern {
    if at(.openParenthesis) {
      return try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in try parser.pattern() }
    }
    guard case .name(let text) = current.kind else {
      throw failure(Text("expected a name here", zh: "这里应为名字"))
    }
    let span = advance().span
    return text == "_" ? .discard : .name(assignedName(text, span))
  }

  /// Reads `NAME { "." NAME | "[" subscripts "]" }`, or a tuple of these, out of the expression left of `=`.
  mutating func target(_ expression: Expression) throws(SyntaxFailure) -> Target {
    switch expression.kind {
    case .name(let name) where name.text == "_": return .discard(name.span)
    case .name(let name):
      scopes.assign(name.text)
      noteAssigned(name)
      return .name(name)
    case .field(let base, let name): return .field(base, try target(base), name: name, expression.span)
    case .subscripts(let base, let subscripts):
      return .subscripts(base, try target(base), subscripts, expression.span)
    case .tuple(let items) where !items.isEmpty:
      var targets: [Target] = []
      for item in items { targets.append(try target(item)) }
      return .tuple(targets, expression.span)
    default:
      throw SyntaxFailure(
        diagnostic: Diagnostic(
          .syntax,
          Text("only names, fields and elements of names can be assigned", zh: "只能给名字、名字的字段或元素赋值"),
          labels: [.init(.span(expression.span))], span: expression.span), isAtEnd: false)
    }
  }

  /// A name that is bound here.
  mutating func assignedName(_ text: String, _ span: SourceSpan) -> NameNode {
    scopes.assign(text)
    let name = NameNode(text: text, span: span, use: scopes.use(text))
    noteAssigned(name)
    return name
  }

  /// Tells the innermost loop of the top level what its body assigns.
  mutating func noteAssigned(_ name: NameNode) {
    // No line has room for more than a few names.
    guard let names = loops.last, names.count < 20, scopes.isTopLevel, !names.contains(where: { $0.text == name.text })
    else { return }
    loops[loops.count - 1].append(name)
  }
}
