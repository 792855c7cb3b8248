// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// Reads `{ NL | topLine } EOF`.
  mutating func program() throws(SyntaxFailure) -> Program {
    var lines: [TopLine] = []
    while true {
      while current.kind == .newline || at(.semicolon) { advance() }
      guard !atEnd else { return finish(lines) }
      lines.append(try topLine())
    }
  }

  /// Reads `( MAGIC | HELP | statement ) ( NL | EOF | ";" [ NL ] )`.
  private mutating func topLine() throws(SyntaxFailure) -> TopLine {
    if case .sessionCommand(let command) = current.kind {
      advance()
      return .command(command)
    }
    return .statement(try terminated(statement()))
  }

  /// Reads `"{" { NL | ";" } [ statement { ( NL | ";" ) { NL | ";" } statement } { NL | ";" } ] "}"`.
  mutating func block() throws(SyntaxFailure) -> Block {
    skipNewlines()
    let start = current.span.start
    let statements = try bracketed(.openBrace) { parser throws(SyntaxFailure) in
      var statements: [Statement] = []
      while true {
        while parser.current.kind == .newline || parser.at(.semicolon) { parser.advance() }
        if parser.at(.closeBrace) || parser.atEnd { return statements }
        statements.append(try parser.terminated(parser.statement()))
      }
    }
    return Block(statements: statements, span: span(from: start))
  }

  /// Checks that a statement is at its end; `;` at the end of the line silences it.
  private mutating func terminated(_ statement: Statement) throws(SyntaxFailure) -> Statement {
    switch current.kind {
    case .newline, .end,
      .symbol(.closeBrace) where !openBrackets.isEmpty:
      return statement
    case .symbol(.semicolon):
      switch token(ahead: 1).kind {
      case .newline, .end, .symbol(.closeBrace): return statement.silenced()
      default: return statement
      }
    default:
      throw failure(Text("expected the end of the statement here", zh: "语句应在这里结束"))
    }
  }

  /// Reads `if | for | … | command | assignment | expressionList`.
  mutating func statement() throws(SyntaxFailure) -> Statement {
    let start = current.span.start
    let kind: Statement.Kind
    switch current.kind {
    case .keyword(.if): kind = try ifStatement()
    case .keyword(.for): kind = try forStatement()
    case .keyword(.while): kind = try whileStatement()
    case .keyword(.repeat): kind = try repeatStatement()
    case .keyword(.with): kind = try withStatement()
    case .keyword(.def): kind = try definition()
    case .keyword(.return): kind = try returnStatement()
    case .keyword(.break), .keyword(.continue): kind = loopControl()
    default: kind = startsCommand ? .expression(try command()) : try assignment()
    }
    return Statement(kind, span(from: start))
  }

  /// Reads `"if" expression block [ { NL } "else" ( ifStatement | block ) ]`.
  private mutating func ifStatement() throws(SyntaxFailure) -> Statement.Kind {
    var branches: [(condition: Expression, body: Block)] = []
    while true {
      advance()
      let condition = try expression()
      branches.append((condition, try block()))
      guard takeElse() else { return .branch(branches, otherwise: nil) }
      guard at(.if) else { return .branch(branches, otherwise: try block()) }
    }
  }

  /// Takes `else`, which may stand on a later line.
  private mutating func takeElse() -> Bool {
    let before = position
    skipNewlines()
    if take(.else) { return true }
    position = before
    return false
  }

  /// Reads `"for" pattern "in" expressionList block`.
  private mutating func forStatement() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let pattern = try pattern()
    try expect(.in)
    let source = try expressionList()
    return try loop(.each(pattern, source))
  }

  /// Reads `"while" expression block`.
  private mutating func whileStatement() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    return try loop(.whileTrue(try expression()))
  }

  /// Reads `"repeat" [ expression ] block`.
  private mutating func repeatStatement() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    if at(.openBrace) || current.kind == .newline { return try loop(.count(nil)) }
    return try loop(.count(try expression()))
  }

  private mutating func loop(_ kind: LoopNode.Kind) throws(SyntaxFailure) -> Statement.Kind {
    loops.append([])
    let body = try block()
    let assigned = loops.removeLast()
    for name in assigned { noteAssigned(name) }
    return .loop(LoopNode(kind, body, assigned: assigned))
  }

  /// Reads `"with" expression { "," expression } block`.
  private mutating func withStatement() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    var contexts = [try expression()]
    while take(.comma) { contexts.append(try expression()) }
    return .with(contexts, try block())
  }

  /// Reads `"def" NAME "(" [ parameters ] ")" ( block | "=" expression )`.
  private mutating func definition() throws(SyntaxFailure) -> Statement.Kind {
    let start = advance().span.start
    guard case .name(let text) = current.kind else {
      throw failure(Text("expected the name of the function here", zh: "这里应为函数名"))
    }
    let nameSpan = advance().span
    let parameters = try bracketed(.openParenthesis) { parser throws(SyntaxFailure) in try parser.parameters() }
    skipNewlines()
    let name = assignedName(text, nameSpan)
    return .define(name, try function(named: text, parameters, from: start, assignsBody: true))
  }

  /// Reads `"return" [ expressionList ]`.
  private mutating func returnStatement() throws(SyntaxFailure) -> Statement.Kind {
    let keyword = advance()
    if !allowsReturn {
      note(keyword.span, Text("return stands only inside a function", zh: "return 只能用在函数里"))
    }
    switch current.kind {
    case .newline, .end, .symbol(.semicolon), .symbol(.closeBrace): return .giveBack(nil)
    default: return .giveBack(try expressionList())
    }
  }

  private mutating func loopControl() -> Statement.Kind {
    let token = advance()
    let isBreak = token.kind == .keyword(.break)
    if loops.isEmpty {
      let word = isBreak ? "break" : "continue"
      note(token.span, Text("\(word) stands only inside a loop", zh: "\(word) 只能用在循环里"))
    }
    return isBreak ? .leaveLoop : .nextRound
  }
}
