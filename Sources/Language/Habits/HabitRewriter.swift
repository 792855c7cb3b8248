// SPDX-License-Identifier: Apache-2.0

/// Rewrites a line of Python with PyTorch as a line of this language, as far as words go.
struct HabitRewriter {
  private let source: SourceText
  private let tokens: [Token]
  private var edits: [(span: SourceSpan, text: String)] = []

  /// The line without modules and devices and with our names; nil when nothing was to be changed.
  static func rewrite(_ line: String) -> String? {
    let code = line.drop { $0 == " " || $0 == "\t" }
    guard code.utf8.count < 400 else { return nil }
    var rewriter = HabitRewriter(String(code))
    rewriter.visit()
    return rewriter.edits.isEmpty ? nil : rewriter.result
  }

  private init(_ line: String) {
    source = SourceText(line)
    var lexer = Lexer(source, in: SourceSpan(0, source.bytes.count))
    lexer.run()
    tokens = lexer.tokens
  }

  private mutating func visit() {
    var index = 0
    while index < tokens.count {
      index =
        removeModules(at: index) ?? removeDevice(at: index) ?? rename(at: index) ?? endBlock(at: index) ?? index + 1
    }
  }

  private func kind(_ index: Int) -> Token.Kind { index < tokens.count ? tokens[index].kind : .end }

  private func name(_ index: Int) -> String? {
    if case .name(let text) = kind(index) { text } else { nil }
  }

  // MARK: Rules

  /// `torch.optim.Adam` is `Adam`.
  private mutating func removeModules(at index: Int) -> Int? {
    guard let first = name(index), Habits.isModule(first), kind(index + 1) == .symbol(.dot),
      index == 0 || kind(index - 1) != .symbol(.dot)
    else { return nil }
    var last = index
    // `torch.utils.data` is a module too, though `data` alone is a variable.
    while let next = name(last), Habits.isModule(next) || (last > index && next == "data"),
      kind(last + 1) == .symbol(.dot)
    {
      last += 2
    }
    guard last < tokens.count else { return nil }
    edits.append((SourceSpan(tokens[index].span.start, tokens[last].span.start), ""))
    return last
  }

  /// `.to(device)`, `.cuda()`, `.cpu()` go.
  private mutating func removeDevice(at index: Int) -> Int? {
    guard kind(index) == .symbol(.dot), let word = name(index + 1), ["to", "cuda", "cpu"].contains(word),
      kind(index + 2) == .symbol(.openParenthesis), tokens[index + 2].partner > 0
    else { return nil }
    let close = tokens[index + 2].partner
    edits.append((SourceSpan(tokens[index].span.start, tokens[close].span.end), ""))
    return close + 1
  }

  /// `BCELoss()` is `bce`; `MSELoss(reduction="sum")` is a lambda; other names are just replaced.
  private mutating func rename(at index: Int) -> Int? {
    guard let word = name(index), let ours = Habits.find(word, .rename)?.ours else { return nil }
    let isFunction = ours.first?.isLowercase ?? false
    let isCapital = word.first?.isUppercase ?? false
    guard isFunction, isCapital, kind(index + 1) == .symbol(.openParenthesis), tokens[index + 1].partner > 0 else {
      edits.append((tokens[index].span, ours))
      return index + 1
    }
    let close = tokens[index + 1].partner
    let call = SourceSpan(tokens[index].span.start, tokens[close].span.end)
    let arguments = source.text(of: SourceSpan(tokens[index + 1].span.end, tokens[close].span.start))
    let isLoss = word.hasSuffix("Loss")
    edits.append(
      (call, arguments.isEmpty ? ours : isLoss ? "((a, b) -> \(ours)(a, b, \(arguments)))" : "(x -> \(ours)(x))"))
    return close + 1
  }

  /// A colon at the end of a block's first line becomes a block.
  private mutating func endBlock(at index: Int) -> Int? {
    guard kind(index) == .symbol(.colon), startsBlock, isOutsideBrackets(index) else { return nil }
    let colon = tokens[index].span
    let rest = source.text(of: SourceSpan(colon.end, source.bytes.count)).drop { $0 == " " }
    let isComment = rest.isEmpty || rest.first == "#"
    edits.append((SourceSpan(colon.start, source.bytes.count), isComment ? " { … }" : " { \(rest) }"))
    return tokens.count
  }

  private var startsBlock: Bool {
    switch kind(0) {
    case .keyword(let keyword): [.if, .else, .for, .while, .with, .def, .repeat].contains(keyword)
    case .name(let word): word == "elif"
    default: false
    }
  }

  private func isOutsideBrackets(_ index: Int) -> Bool {
    !tokens.indices.contains { $0 < index && tokens[$0].partner > index }
  }

  private var result: String {
    var text = ""
    var position = 0
    for edit in edits where edit.span.start >= position {
      text += source.text(of: SourceSpan(position, edit.span.start)) + edit.text
      position = edit.span.end
    }
    return text + source.text(of: SourceSpan(position, source.bytes.count))
  }
}
