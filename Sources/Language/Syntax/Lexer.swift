// SPDX-License-Identifier: Apache-2.0

/// Turns the bytes of a source into tokens, all at once; what is wrong becomes an `invalid` token.
struct Lexer {
  let source: SourceText
  let end: Int
  /// Whether lines of `%…` and `?…` are session commands; not so inside an f-string.
  let allowsCommands: Bool
  var position: Int
  var tokens: [Token] = []
  /// Whether any full-width punctuation was read.
  var sawFullWidth = false
  /// The open brackets, innermost last, with the index of their token.
  private var brackets: [(symbol: Symbol, token: Int)] = []

  /// Prepares to read `span` of `source`, or all of it.
  init(_ source: SourceText, in span: SourceSpan? = nil) {
    self.source = source
    position = span?.start ?? 0
    end = span?.end ?? source.bytes.count
    allowsCommands = span == nil
  }

  /// Reads everything; the last token is `end`.
  mutating func run() {
    while position < end {
      if let token = next() { append(token) }
    }
    tokens.append(Token(kind: .end, span: SourceSpan(end, end)))
  }

  private mutating func append(_ token: Token) {
    if case .symbol(let symbol) = token.kind { pair(symbol) }
    tokens.append(token)
  }

  /// Keeps track of brackets, and notes in an opening one where it is closed.
  private mutating func pair(_ symbol: Symbol) {
    if symbol.closing != nil {
      brackets.append((symbol, tokens.count))
    } else if let open = brackets.last, open.symbol.closing == symbol {
      tokens[open.token].partner = tokens.count
      brackets.removeLast()
    }
  }

  /// The next token; nil at the end and at newlines that do not count.
  private mutating func next() -> Token? {
    skipBlanks()
    guard position < end else { return nil }
    if allowsCommands, isAtStartOfTopLevelLine, let command = sessionCommand() { return command }
    let character = peek()
    switch character.scalar {
    case "\n": return newline()
    case "\"", "'": return string(at: position, isFormatted: false)
    case "f" where quote(at: position + 1) != nil: return string(at: position, isFormatted: true)
    case let scalar where Characters.startsName(scalar): return name()
    case let scalar where Characters.isDigit(scalar): return number()
    case "." where isDigit(at: position + 1): return number()
    default: return symbol()
    }
  }

  // MARK: Characters

  /// The character at the position, which must be before the end.
  func peek() -> SourceCharacter { Characters.character(in: source.bytes, at: position) }

  /// The byte at `offset`; 0 behind the end.
  func byte(at offset: Int) -> UInt8 { offset < end ? source.bytes[offset] : 0 }

  func isDigit(at offset: Int) -> Bool { (48...57).contains(byte(at: offset)) }

  /// The quote that starts at `offset`.
  func quote(at offset: Int) -> SourceCharacter? {
    guard offset < end else { return nil }
    let character = Characters.character(in: source.bytes, at: offset)
    return character.scalar == "\"" || character.scalar == "'" ? character : nil
  }

  mutating func advance(_ character: SourceCharacter) {
    position = min(position + character.width, end)
    if character.wasFullWidth { sawFullWidth = true }
  }

  private mutating func skipBlanks() {
    while position < end {
      let character = peek()
      if Characters.isBlank(character.scalar) {
        advance(character)
      } else if character.scalar == "#" {
        position = endOfLine(from: position)
      } else {
        return
      }
    }
  }

  /// The offset of the newline at or behind `offset`, or the end.
  func endOfLine(from offset: Int) -> Int {
    var offset = offset
    while offset < end, source.bytes[offset] != 10 { offset += 1 }
    return offset
  }

  private var isAtStartOfLine: Bool {
    guard let last = tokens.last else { return true }
    return last.kind == .newline
  }

  private var isAtStartOfTopLevelLine: Bool {
    guard brackets.isEmpty else { return false }
    return isAtStartOfLine || tokens.last?.kind == .symbol(.semicolon)
  }

  // MARK: Lines

  /// A newline counts only outside parentheses and brackets and where the line does not go on.
  private mutating func newline() -> Token? {
    let start = position
    position += 1
    let innermost = brackets.last?.symbol
    if innermost == .openParenthesis || innermost == .openBracket || lineGoesOn || nextLineStartsWithPipe { return nil }
    return Token(kind: .newline, span: SourceSpan(start, start + 1))
  }

  /// Whether the last token asks for more, or there is none yet.
  private var lineGoesOn: Bool {
    switch tokens.last?.kind {
    case nil, .newline: true
    case .symbol(let symbol): symbol.continuesLine
    case .keyword(let keyword): keyword.continuesLine
    default: false
    }
  }

  private var nextLineStartsWithPipe: Bool {
    var ahead = self
    ahead.sawFullWidth = false
    while ahead.position < end {
      ahead.skipBlanks()
      guard ahead.byte(at: ahead.position) == 10 else { break }
      ahead.position += 1
    }
    guard ahead.position < end, ahead.peek().scalar == "|" else { return false }
    ahead.advance(ahead.peek())
    return ahead.position < end && ahead.peek().scalar == ">"
  }

  // MARK: Names and symbols

  private mutating func name() -> Token {
    let start = position
    while position < end {
      let character = peek()
      guard Characters.continuesName(character.scalar) else { break }
      advance(character)
    }
    let span = SourceSpan(start, position)
    let text = source.text(of: span)
    if let keyword = Keyword.bySpelling[text] { return Token(kind: .keyword(keyword), span: span) }
    return Token(kind: .name(text), span: span)
  }

  /// The longest symbol here; known foreign operators are `stray`, anything else is `invalid`.
  private mutating func symbol() -> Token {
    let start = position
    let text = upcoming(3)
    if text.hasPrefix("++") || text.hasPrefix("--"), endsStatement(at: position + 2) {
      position += 2
      return Token(kind: .stray(String(text.prefix(2))), span: SourceSpan(start, position))
    }
    for length in [3, 2, 1] where text.count >= length {
      let spelling = String(text.prefix(length))
      let symbol = Symbol.bySpelling[spelling]
      guard symbol != nil || Self.foreignOperators.contains(spelling) else { continue }
      for _ in 0..<length { advance(peek()) }
      return Token(kind: symbol.map { .symbol($0) } ?? .stray(spelling), span: SourceSpan(start, position))
    }
    advance(peek())
    return invalidCharacter(SourceSpan(start, position))
  }

  /// Whether nothing but the end of a statement follows: there `x++` is an increment from another language.
  private func endsStatement(at offset: Int) -> Bool {
    var offset = offset
    while offset < end, [9, 13, 32].contains(source.bytes[offset]) { offset += 1 }
    return offset >= end || [10, 35, 59, 125].contains(source.bytes[offset])
  }

  /// Up to `count` characters from here, in their ASCII forms.
  private func upcoming(_ count: Int) -> String {
    var ahead = self.position
    var text = ""
    while ahead < end, text.unicodeScalars.count < count {
      let character = Characters.character(in: source.bytes, at: ahead)
      guard character.scalar.isASCII else { break }
      text.unicodeScalars.append(character.scalar)
      ahead += character.width
    }
    return text
  }

  /// What people type from habit; the parser says what to type instead.
  private static let foreignOperators: Set<String> = [
    "&&", "||", "!", "&", "|", "^", "~", ":=", "=>", "**=", "//=", "%=", "$", "?", "??", "<<", ">>", "\\", "`",
    "===",
  ]

  private func invalidCharacter(_ span: SourceSpan) -> Token {
    let character = source.text(of: span)
    let shown =
      character.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? "\"\(character)\"" : "control"
    return Token(
      kind: .invalid(
        Diagnostic(
          .syntax,
          Text("\(shown) is not a character of the language", zh: "\(shown) 不是本语言的字符"),
          labels: [.init(.span(span))], span: span)),
      span: span)
  }
}
