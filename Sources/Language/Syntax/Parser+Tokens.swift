// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// The token at the position; the last one is `end` and stays.
  var current: Token { tokens[position] }

  func token(ahead count: Int) -> Token { tokens[min(position + count, tokens.count - 1)] }

  func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  var atEnd: Bool { current.kind == .end }

  /// Where the last token that was read ends.
  var previousEnd: Int { position > 0 ? tokens[position - 1].span.end : current.span.start }

  /// From `start` to the end of the last token that was read.
  func span(from start: Int) -> SourceSpan { SourceSpan(start, previousEnd) }

  @discardableResult
  mutating func advance() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  /// Reads the symbol when it is here.
  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol) throws(SyntaxFailure) {
    guard take(symbol) else {
      throw failure(Text("expected \(symbol.rawValue) here", zh: "这里应为 \(symbol.rawValue)"))
    }
  }

  mutating func expect(_ keyword: Keyword) throws(SyntaxFailure) {
    guard take(keyword) else {
      throw failure(Text("expected \(keyword.rawValue) here", zh: "这里应为 \(keyword.rawValue)"))
    }
  }

  mutating func skipNewlines() {
    while current.kind == .newline { advance() }
  }

  /// Reads what stands between brackets, the opening one being here.
  mutating func bracketed<Result>(
    _ open: Symbol, _ body: (inout Parser) throws(SyntaxFailure) -> Result
  ) throws(SyntaxFailure) -> Result {
    guard at(open), let close = open.closing else {
      throw failure(Text("expected \(open.rawValue) here", zh: "这里应为 \(open.rawValue)"))
    }
    openBrackets.append(advance())
    let result = try nested(body)
    try expect(close)
    openBrackets.removeLast()
    return result
  }

  /// Reads something one level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(SyntaxFailure) -> Result
  ) throws(SyntaxFailure) -> Result {
    depth += 1
    guard depth <= Self.depthLimit, stack.hasRoom else { throw tooDeep }
    let result = try body(&self)
    depth -= 1
    return result
  }

  // MARK: Mistakes

  private var tooDeep: SyntaxFailure {
    SyntaxFailure(
      diagnostic: Diagnostic(
        .syntax, Text("nested more than \(Self.depthLimit) deep", zh: "嵌套超过 \(Self.depthLimit) 层"),
        labels: [.init(.span(current.span))],
        help: [.init(Text("give parts of it names of their own", zh: "给其中的部分起名字"))], span: current.span),
      isAtEnd: false)
  }

  /// The failure at the current token; at the end of the input it asks for more.
  func failure(_ message: Text, help: [Diagnostic.Help] = []) -> SyntaxFailure {
    if case .invalid(let diagnostic) = current.kind { return SyntaxFailure(diagnostic: diagnostic, isAtEnd: false) }
    guard atEnd, !isEmbedded else {
      return SyntaxFailure(
        diagnostic: Diagnostic(
          .syntax, message, labels: [.init(.span(current.span))], help: help, span: current.span), isAtEnd: false)
    }
    return SyntaxFailure(diagnostic: endOfInput(), isAtEnd: true)
  }

  private func endOfInput() -> Diagnostic {
    guard let open = openBrackets.last, case .symbol(let symbol) = open.kind else {
      let span = SourceSpan(previousEnd, previousEnd)
      return Diagnostic(
        .syntax, Text("something is missing at the end", zh: "末尾缺少内容"), labels: [.init(.span(span))], span: span)
    }
    return Diagnostic(
      .syntax, Text("this \(symbol.rawValue) is not closed", zh: "这个 \(symbol.rawValue) 没有闭合"),
      labels: [.init(.span(open.span))], span: open.span)
  }

  /// Notes a mistake that does not keep the text from being read.
  mutating func note(_ span: SourceSpan, _ message: Text, help: [Diagnostic.Help] = []) {
    guard staticMistake == nil else { return }
    staticMistake = Diagnostic(.syntax, message, labels: [.init(.span(span))], help: help, span: span)
  }
}
