// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Reads `"(" ")" | "(" expression ")" | "(" expression "," … ")" | "(" NAME "=" expression … ")"`.
  mutating func parenthesized() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    let (items, endsWithComma) = try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in
      try parser.parenthesizedItems()
    }
    let span = span(from: start)
    let named = items.filter { $0.name != nil }
    if named.isEmpty {
      if items.count == 1, !endsWithComma { return Expression(items[0].value.kind, span) }
      return Expression(.tuple(items.map(\.value)), span)
    }
    guard named.count == items.count else { throw mixedItems(items) }
    checkFields(items)
    return Expression(.record(items.map { ($0.name ?? "", $0.value) }), span)
  }

  private mutating func parenthesizedItems() throws(SyntaxFailure) -> (items: [ArgumentNode], endsWithComma: Bool) {
    var items: [ArgumentNode] = []
    var endsWithComma = false
    while !at(.closeParenthesis) {
      endsWithComma = false
      let start = current.span.start
      if case .name(let name) = current.kind, token(ahead: 1).kind == .symbol(.assign) {
        advance()
        advance()
        items.append(ArgumentNode(name: name, value: try expression(), span: span(from: start)))
      } else {
        let value = try expression()
        items.append(ArgumentNode(name: nil, value: value, span: value.span))
      }
      guard take(.comma) else { break }
      endsWithComma = true
    }
    return (items, endsWithComma)
  }

  /// `(a, b=1)` can only go on as the parameters of a lambda.
  private func mixedItems(_ items: [ArgumentNode]) -> SyntaxFailure {
    let firstNamed = items.firstIndex { $0.name != nil } ?? 0
    let lookLikeParameters = items[firstNamed...].allSatisfy { $0.name != nil }
    if atEnd, lookLikeParameters { return failure(Text("expected -> here", zh: "这里应为 ->")) }
    let span = (items.first { $0.name == nil } ?? items[0]).span
    return SyntaxFailure(
      diagnostic: Diagnostic(
        .syntax, Text("a record names all its fields", zh: "记录的每个字段都要有名字"), labels: [.init(.span(span))], span: span),
      isAtEnd: false)
  }

  private mutating func checkFields(_ items: [ArgumentNode]) {
    var names: Set<String> = []
    for item in items {
      guard let name = item.name, !names.insert(name).inserted else { continue }
      note(item.span, Text("the field \(name) comes twice", zh: "字段 \(name) 重复"))
    }
    checkCount(names.count)
  }

  /// Reads `"[" [ expression { "," expression } [ "," ] ] "]" | "[" expression "for" pattern "in" … "]"`.
  mutating func list() throws(SyntaxFailure) -> Expression {
    let start = current.span.start
    scopes.openComprehension()
    let kind = try bracketed(.openBracket) { parser throws(SyntaxFailure) in try parser.listItems() }
    scopes.closeComprehension()
    return Expression(kind, span(from: start))
  }

  private mutating func listItems() throws(SyntaxFailure) -> Expression.Kind {
    var items: [Expression] = []
    while !at(.closeBracket) {
      items.append(try expression())
      if items.count == 1, at(.for) { return .comprehension(try comprehension(of: items[0])) }
      guard take(.comma) else { break }
    }
    return .list(items)
  }

  /// Reads `"for" pattern "in" disjunction [ "if" disjunction ]`, behind the element.
  private mutating func comprehension(of element: Expression) throws(SyntaxFailure) -> ComprehensionNode {
    advance()
    let pattern = try comprehensionPattern()
    try expect(.in)
    let source = try disjunction()
    let condition = take(.if) ? try disjunction() : nil
    return ComprehensionNode(element: element, pattern: pattern, source: source, condition: condition)
  }

  /// Reads `comprehensionPatternItem { "," comprehensionPatternItem }`; its names belong to the comprehension.
  private mutating func comprehensionPattern() throws(SyntaxFailure) -> Pattern {
    let start = current.span.start
    let first = try comprehensionPatternItem()
    guard at(.comma) else { return first }
    var items = [first]
    while take(.comma) { items.append(try comprehensionPatternItem()) }
    return .tuple(items, span(from: start))
  }

  /// Reads `NAME | "(" comprehensionPattern ")"`.
  private mutating func comprehensionPatternItem() throws(SyntaxFailure) -> Pattern {
    if at(.openParenthesis) {
      return try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in try parser.comprehensionPattern() }
    }
    guard case .name(let text) = current.kind else {
      throw failure(Text("expected a name here", zh: "这里应为名字"))
    }
    let span = advance().span
    guard text != "_" else { return .discard }
    scopes.declare(text)
    return .name(NameNode(text: text, span: span, use: scopes.use(text)))
  }

  // MARK: f-strings

  /// Reads `FSTRING`: parses the expressions between its braces.
  mutating func formatted(_ pieces: [FormatPiece]) throws(SyntaxFailure) -> Expression {
    let span = advance().span
    var parts: [FormatPart] = []
    for piece in pieces {
      switch piece {
      case .text(let text): parts.append(.text(text))
      case .expression(let place, let spec):
        let value = try embedded(place)
        parts.append(.expression(value, try spec.map { text throws(SyntaxFailure) in try formatSpec(text, place) }))
      }
    }
    return Expression(.formatted(parts), span)
  }

  private mutating func embedded(_ place: SourceSpan) throws(SyntaxFailure) -> Expression {
    var lexer = Lexer(source, in: place)
    lexer.run()
    let around = (tokens, position, openBrackets, isEmbedded)
    (tokens, position, isEmbedded) = (lexer.tokens, 0, true)
    let value = try nested { parser throws(SyntaxFailure) in try parser.expression() }
    guard atEnd else { throw failure(Text("expected } here", zh: "这里应为 }")) }
    (tokens, position, openBrackets, isEmbedded) = around
    return value
  }

  private func formatSpec(_ text: String, _ place: SourceSpan) throws(SyntaxFailure) -> FormatSpec {
    guard let spec = FormatSpec(text) else {
      let span = SourceSpan(place.end, place.end + 1 + text.utf8.count)
      throw SyntaxFailure(
        diagnostic: Diagnostic(
          .syntax, Text("\":\(text)\" is not a format", zh: "“:\(text)” 不是格式说明"), labels: [.init(.span(span))],
          help: [.init(code: "f\"{x:.3f}\"", Text("or 8d, +.2e, 5.1%, >10s", zh: "或 8d、+.2e、5.1%、>10s"))], span: span),
        isAtEnd: false)
    }
    return spec
  }
}
