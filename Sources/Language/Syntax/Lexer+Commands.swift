// SPDX-License-Identifier: Apache-2.0

extension Lexer {
  /// The magic or help line that starts here; nil when it is an ordinary line.
  mutating func sessionCommand() -> Token? {
    let start = position
    switch peek().scalar {
    case "%": return magic(from: start)
    case "?": return leadingHelp(from: start)
    default: return trailingHelp(from: start)
    }
  }

  private func trimmed(_ start: Int, _ end: Int) -> String {
    let text = source.text(of: SourceSpan(start, end))
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" || $0 == "\u{3000}" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }

  /// Skips up to `limit` characters equal to `scalar` and says how many there were.
  private mutating func skip(_ scalar: Unicode.Scalar, atMost limit: Int) -> Int {
    var count = 0
    while count < limit, position < end, peek().scalar == scalar {
      advance(peek())
      count += 1
    }
    return count
  }

  // MARK: %name

  private mutating func magic(from start: Int) -> Token {
    let signs = skip("%", atMost: 2)
    let nameStart = position
    while position < end, Characters.continuesName(peek().scalar) { advance(peek()) }
    let name = source.text(of: SourceSpan(nameStart, position))
    let line = endOfLine(from: position)
    let argument = trimmed(position, line)
    position = line
    let span = SourceSpan(start, line)
    if argument == "?" || argument == "??" {
      let topic = String(repeating: "%", count: signs) + name
      return Token(
        kind: .sessionCommand(.help(topic: topic, isDetailed: argument == "??", span: span)), span: span)
    }
    guard signs == 2 else {
      return Token(kind: .sessionCommand(.magic(name: name, argument: argument, span: span)), span: span)
    }
    guard tokens.isEmpty else {
      return invalid(
        span, Text("%%\(name) must be the first line of its cell", zh: "%%\(name) 必须是单元的第一行"),
        help: .init(code: "%\(name) \(argument)"))
    }
    let body = source.text(of: SourceSpan(min(line + 1, end), end))
    position = end
    return Token(
      kind: .sessionCommand(.cellMagic(name: name, argument: argument, body: body, span: SourceSpan(start, end))),
      span: SourceSpan(start, end))
  }

  // MARK: ?topic and topic?

  private mutating func leadingHelp(from start: Int) -> Token {
    let marks = skip("?", atMost: 2)
    let line = endOfLine(from: position)
    let topic = withoutComment(trimmed(position, line))
    position = line
    let span = SourceSpan(start, line)
    return Token(kind: .sessionCommand(.help(topic: topic, isDetailed: marks == 2, span: span)), span: span)
  }

  private func withoutComment(_ text: String) -> String {
    guard let comment = text.firstIndex(of: "#") else { return text }
    var topic = text[..<comment]
    while topic.last == " " { topic.removeLast() }
    return String(topic)
  }

  /// `name?`, `a.b??`, with nothing behind but blanks and a comment.
  private mutating func trailingHelp(from start: Int) -> Token? {
    let sawBefore = sawFullWidth
    guard let topic = dottedName() else { return reset(to: start, sawBefore) }
    let marks = skip("?", atMost: 2)
    guard marks > 0 else { return reset(to: start, sawBefore) }
    let line = endOfLine(from: position)
    guard withoutComment(trimmed(position, line)).isEmpty else { return reset(to: start, sawBefore) }
    position = line
    let span = SourceSpan(start, line)
    return Token(kind: .sessionCommand(.help(topic: topic, isDetailed: marks == 2, span: span)), span: span)
  }

  private mutating func reset(to start: Int, _ sawBefore: Bool) -> Token? {
    position = start
    sawFullWidth = sawBefore
    return nil
  }

  private mutating func dottedName() -> String? {
    let start = position
    while true {
      guard position < end, Characters.startsName(peek().scalar) else { return nil }
      while position < end, Characters.continuesName(peek().scalar) { advance(peek()) }
      let isDot = position + 1 < end && peek().scalar == "." && !peek().wasFullWidth
      guard isDot, Characters.startsName(Characters.character(in: source.bytes, at: position + 1).scalar) else { break }
      position += 1
    }
    return source.text(of: SourceSpan(start, position))
  }
}
