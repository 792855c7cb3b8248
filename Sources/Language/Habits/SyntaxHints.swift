// SPDX-License-Identifier: Apache-2.0

/// What to type instead of what other languages taught, for texts that are no program.
struct SyntaxHints {
  private let source: SourceText
  private let grammar: Grammar
  /// The tokens of the line with the mistake.
  private let line: [Token]
  /// The token at which the parser stopped.
  private let stopped: Token
  /// The two tokens before it, the nearer one first.
  private let before: [Token]

  init(_ parser: Parser) {
    source = parser.source
    grammar = parser.grammar
    stopped = parser.current
    before = [parser.position - 1, parser.position - 2].filter { $0 >= 0 }.map { parser.tokens[$0] }
    let span = parser.source.statementSpan(around: stopped.span)
    line = parser.tokens.filter { $0.kind != .newline && $0.span.start >= span.start && $0.span.end <= span.end }
  }

  /// The diagnostic with a better sentence and help when the text shows a known habit.
  func improve(_ diagnostic: Diagnostic) -> Diagnostic {
    let place = diagnostic.span ?? stopped.span
    guard stopped.kind != .end || stopped.span.start < source.bytes.count || line.count > 1 else { return diagnostic }
    return condition() ?? colon() ?? lambda() ?? start() ?? sign() ?? braces(diagnostic) ?? identity() ?? annotation()
      ?? loopHead()
      ?? tripleQuotes() ?? words(place) ?? diagnostic
  }

  private var lineText: String { source.text(of: source.statementSpan(around: stopped.span)) }

  private func word(_ index: Int) -> String? {
    guard index < line.count else { return nil }
    switch line[index].kind {
    case .name(let text), .stray(let text): return text
    case .symbol(let symbol): return symbol.rawValue
    case .keyword(let keyword): return keyword.rawValue
    default: return nil
    }
  }

  private func mistake(_ message: Text, at span: SourceSpan? = nil, help: [Diagnostic.Help]) -> Diagnostic {
    let span = span ?? stopped.span
    return Diagnostic(.syntax, message, labels: [.init(.span(span))], help: help, span: span)
  }

  // MARK: Rules, the more telling first

  /// Explains `break when norm(w.grad) > 10`; `break if x` inside a block is left to the rules below.
  private func condition() -> Diagnostic? {
    guard let wish = StopCondition(lineText) else { return nil }
    let isLoop = word(0) == "break" && word(1) == "if"
    let words = line.dropFirst(2)
    guard isLoop, let first = words.first, let last = words.last else {
      return mistake(
        Text("a condition belongs to the command that trains", zh: "条件应写在训练命令里"), at: line.first?.span,
        help: [.init(code: wish.code, StopCondition.remark), .init(code: "?break")])
    }
    let text = source.text(of: first.span.union(last.span)).prefix { $0 != "}" && $0 != "{" }
    let inLoop = Text("in a loop of your own", zh: "在自写的循环里")
    return mistake(
      Text("the condition stands in front, or belongs to the command that trains", zh: "条件写在前面，或写在训练命令里"),
      help: [
        .init(code: "if \(text.trimmed) { break }", inLoop), .init(code: wish.code, StopCondition.remark),
      ])
  }

  /// Explains `for x in y:`.
  private func colon() -> Diagnostic? {
    guard stopped.kind == .symbol(.colon), let rewritten = HabitRewriter.rewrite(lineText), rewritten.contains("{")
    else { return nil }
    let code = rewritten.hasPrefix("elif") ? "else if" + rewritten.dropFirst(4) : rewritten
    return mistake(Text("blocks use { }, not \":\"", zh: "语句块用 { }，不用 “:”"), help: [.init(code: code)])
  }

  /// Explains `lambda x: x * 2`.
  private func lambda() -> Diagnostic? {
    guard let start = line.indices.first(where: { word($0) == "lambda" }),
      let colon = line.indices.first(where: { $0 > start && line[$0].kind == .symbol(.colon) })
    else { return nil }
    let names = (start + 1..<colon).compactMap { word($0) }.filter { $0 != "," }
    let parameters = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
    let lineSpan = source.statementSpan(around: stopped.span)
    let code =
      source.text(of: SourceSpan(lineSpan.start, line[start].span.start)).drop { $0 == " " } + parameters + " ->"
      + source.text(of: SourceSpan(line[colon].span.end, lineSpan.end))
    return mistake(
      Text("a lambda is written x -> x * 2", zh: "匿名函数写作 x -> x * 2"), at: line[start].span, help: [.init(code: code)])
  }

  /// Explains `import torch`, `class A`, `!ls`, `.help`.
  private func start() -> Diagnostic? {
    let index = word(0) == "}" ? 1 : 0
    guard let first = word(index), let habit = Habits.find(first, .start), let remark = habit.remark else { return nil }
    if case .keyword = line[index].kind { return nil }
    if first == ">>" {
      let rest = source.text(of: SourceSpan(line[0].span.end, line[line.count - 1].span.end)).drop { $0 == " " }
      return mistake(remark, at: line[0].span, help: [.init(code: String(rest))])
    }
    return mistake(remark, at: line[index].span, help: habit.ours.map { [.init(code: $0)] } ?? [])
  }

  /// Explains `a && b`, `x++`.
  private func sign() -> Diagnostic? {
    guard case .stray(let sign) = stopped.kind, let habit = Habits.find(sign, .sign) else { return nil }
    let message = Text("\"\(sign)\" is not an operator here", zh: "这里没有运算符 “\(sign)”")
    guard let ours = habit.ours else { return mistake(message, help: habit.remark.map { [.init($0)] } ?? []) }
    let isWord = ours.allSatisfy { $0.isLetter }
    let replaces = isWord || ["**", "->", "==", "=", "+= 1", "-= 1"].contains(ours)
    guard replaces else { return mistake(message, help: [.init(code: ours, habit.remark)]) }
    let text = ["+", "-"].contains(ours.first) ? " \(ours)" : (isWord && sign.count == 1 ? "\(ours) " : ours)
    return mistake(message, help: [.init(replacing: .span(stopped.span), by: text)])
  }

  /// Explains `{"a": 1}`.
  private func braces(_ diagnostic: Diagnostic) -> Diagnostic? {
    guard stopped.kind == .symbol(.openBrace), diagnostic.message.english.hasPrefix("expected a value") else {
      return nil
    }
    return mistake(
      Text("braces hold blocks; named values are a record", zh: "花括号用于语句块；带名字的值用记录"), help: [.init(code: "(a=1, b=2)")])
  }

  /// Explains `x is None`.
  private func identity() -> Diagnostic? {
    guard stopped.kind == .name("is"), let index = line.firstIndex(of: stopped) else { return nil }
    let isNegated = word(index + 1) == "not"
    let span = isNegated ? stopped.span.union(line[index + 1].span) : stopped.span
    return mistake(
      Text("is is written ==", zh: "is 写作 =="), at: span,
      help: [.init(replacing: .span(span), by: isNegated ? "!=" : "==")])
  }

  /// Explains `x: int = 3`, `def f(x: int)`, `f(x) -> int`.
  private func annotation() -> Diagnostic? {
    guard stopped.kind == .symbol(.colon) || (stopped.kind == .symbol(.arrow) && word(0) == "def") else { return nil }
    guard word(0) == "def" || line.contains(where: { $0.kind == .symbol(.assign) }) else { return nil }
    return mistake(Text("names have no type annotations", zh: "名字没有类型标注"), help: [.init(code: "x = 3")])
  }

  /// Explains `for (i = 0; …)`, `for i = 1:10`.
  private func loopHead() -> Diagnostic? {
    guard word(0) == "for", !line.contains(where: { $0.kind == .keyword(.in) }) else { return nil }
    return mistake(
      Text("for goes through a sequence", zh: "for 遍历一个序列"), at: line[0].span,
      help: [.init(code: "for i in range(10) { … }")])
  }

  /// Explains `"""text"""`.
  private func tripleQuotes() -> Diagnostic? {
    guard lineText.contains("\"\"\"") || lineText.contains("'''") else { return nil }
    return mistake(
      Text("strings end on their line", zh: "字符串在同一行结束"),
      help: [.init(code: "# …", Text("starts a comment", zh: "开始注释"))])
  }

  /// `stpe gan 100`, `foo gan 10`: words side by side.
  private func words(_ place: SourceSpan) -> Diagnostic? {
    guard let word = before.first, case .name(let first) = word.kind, !grammar.verbs.contains(first), startsStatement
    else { return nil }
    switch stopped.kind {
    case .name, .integer, .number, .string, .size: break
    default: return nil
    }
    if let verb = Suggestions.closest(to: first, in: grammar.verbs.sorted()) {
      return mistake(
        Text("\"\(first)\" is not a verb", zh: "“\(first)” 不是动词"), at: word.span,
        help: [.init(replacing: .span(word.span), by: verb)])
    }
    let isPlain =
      line.first == word
      && line.dropFirst().allSatisfy { token in
        switch token.kind {
        case .name, .integer, .number, .string, .size, .end: true
        default: false
        }
      }
    let arguments = line.dropFirst().filter { $0.kind != .end }.map { source.text(of: $0.span) }
    return mistake(
      Text("\"\(first)\" is not a verb, so its arguments stand in parentheses", zh: "“\(first)” 不是动词，参数要放在括号里"),
      help: isPlain ? [.init(code: "\(first)(\(arguments.joined(separator: ", ")))")] : [])
  }

  /// Whether the word before the stop is the first of its statement.
  private var startsStatement: Bool {
    guard before.count > 1 else { return true }
    switch before[1].kind {
    case .newline, .symbol(.semicolon), .symbol(.openBrace), .symbol(.closeBrace): return true
    default: return false
    }
  }
}

extension Substring {
  /// The text without blanks at its end.
  fileprivate var trimmed: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
