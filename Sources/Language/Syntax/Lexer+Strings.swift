// SPDX-License-Identifier: Apache-2.0

extension Lexer {
  /// A string or f-string that starts at `start`; it ends on the same line.
  mutating func string(at start: Int, isFormatted: Bool) -> Token {
    position = start + (isFormatted ? 1 : 0)
    let opening = peek()
    advance(opening)
    let content = position
    guard let closing = closingQuote(of: opening) else {
      position = endOfLine(from: content)
      return unclosed(SourceSpan(start, position), quote: opening)
    }
    position = content
    let kind: Token.Kind
    do throws(LexicalFault) {
      kind = isFormatted ? .formatted(try pieces(until: closing)) : .string(try characters(until: closing))
    } catch {
      position = closing + width(at: closing)
      return invalid(error.span, error.message, help: error.help)
    }
    position = closing
    advance(peek())
    return Token(kind: kind, span: SourceSpan(start, position))
  }

  private func width(at offset: Int) -> Int { Characters.character(in: source.bytes, at: offset).width }

  /// Where the string ends: a full-width quote may be closed by an ASCII one, but not the other way round.
  private func closingQuote(of opening: SourceCharacter) -> Int? {
    var offset = position
    while offset < end, source.bytes[offset] != 10 {
      if source.bytes[offset] == UInt8(ascii: "\\") {
        offset += 2
        continue
      }
      let character = Characters.character(in: source.bytes, at: offset)
      if character.scalar == opening.scalar, opening.wasFullWidth || !character.wasFullWidth { return offset }
      offset += character.width
    }
    return nil
  }

  private func unclosed(_ span: SourceSpan, quote: SourceCharacter) -> Token {
    invalid(
      span, Text("this string is not closed", zh: "字符串没有结束"),
      help: .init(
        code: source.text(of: span) + String(quote.scalar), Text("strings end on their line", zh: "字符串必须在同一行结束")))
  }

  // MARK: Plain strings

  private mutating func characters(until closing: Int) throws(LexicalFault) -> String {
    var bytes: [UInt8] = []
    while position < closing {
      let byte = source.bytes[position]
      if byte == UInt8(ascii: "\\") {
        bytes.append(contentsOf: try escape(before: closing).utf8)
      } else {
        bytes.append(byte)
        position += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The character that the escape at the position stands for.
  private mutating func escape(before closing: Int) throws(LexicalFault) -> String {
    let start = position
    position += 2
    switch byte(at: start + 1) {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "0"): return "\0"
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "'"): return "'"
    case UInt8(ascii: "{"): return "{"
    case UInt8(ascii: "}"): return "}"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start, before: closing)
    default:
      position = min(start + 1 + width(at: start + 1), closing)
      let span = SourceSpan(start, position)
      throw LexicalFault(
        span, Text("\"\(source.text(of: span))\" is not an escape", zh: "“\(source.text(of: span))” 不是转义符"),
        help: .init(code: "\"\\" + source.text(of: span) + "\"", Text("for the two characters", zh: "表示这两个字符本身")))
    }
  }

  private mutating func unicodeEscape(from start: Int, before closing: Int) throws(LexicalFault) -> String {
    while position < closing, source.bytes[position] != UInt8(ascii: "}") { position += 1 }
    let span = SourceSpan(start, min(position + 1, closing))
    let text = source.text(of: span)
    position = span.end
    guard text.hasPrefix("\\u{"), text.hasSuffix("}"), let code = UInt32(text.dropFirst(3).dropLast(), radix: 16),
      let scalar = Unicode.Scalar(code)
    else {
      throw LexicalFault(
        span, Text("a character is written \\u{3BC}", zh: "字符写作 \\u{3BC}"), help: .init(code: "\"\\u{3BC}\""))
    }
    return String(scalar)
  }

  // MARK: f-strings

  private mutating func pieces(until closing: Int) throws(LexicalFault) -> [FormatPiece] {
    var pieces: [FormatPiece] = []
    var text: [UInt8] = []
    while position < closing {
      let byte = source.bytes[position]
      let isDoubled = self.byte(at: position + 1) == byte && position + 1 < closing
      switch byte {
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape(before: closing).utf8)
      case UInt8(ascii: "{") where !isDoubled:
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        pieces.append(try expressionPiece(before: closing))
      case UInt8(ascii: "}") where !isDoubled:
        throw LexicalFault(
          SourceSpan(position, position + 1), Text("a single } in an f-string", zh: "f 字符串中有单独的 }"),
          help: .init(Text("a brace itself is written }}", zh: "花括号本身写作 }}")))
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        text.append(byte)
        position += 2
      default:
        text.append(byte)
        position += 1
      }
    }
    if !text.isEmpty || pieces.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
    return pieces
  }

  /// `{expression}` or `{expression:spec}`; the position is at the brace.
  private mutating func expressionPiece(before closing: Int) throws(LexicalFault) -> FormatPiece {
    let open = position
    position += 1
    var depth = 0
    var colon: Int?
    while position < closing {
      switch source.bytes[position] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "}") where depth > 0: depth -= 1
      case UInt8(ascii: "}"):
        defer { position += 1 }
        let expression = SourceSpan(open + 1, colon ?? position)
        return .expression(expression, spec: colon.map { source.text(of: SourceSpan($0 + 1, position)) })
      case UInt8(ascii: ":") where depth == 0 && colon == nil: colon = position
      case UInt8(ascii: "'") where colon == nil, UInt8(ascii: "\"") where colon == nil:
        skipNestedString(before: closing)
      default: break
      }
      position += 1
    }
    throw LexicalFault(
      SourceSpan(open, closing), Text("this { is not closed in the f-string", zh: "f 字符串中的 { 没有结束"),
      help: .init(Text("a brace itself is written {{", zh: "花括号本身写作 {{")))
  }

  /// Moves to the quote that closes the string inside the braces.
  private mutating func skipNestedString(before closing: Int) {
    let quote = source.bytes[position]
    var offset = position + 1
    while offset < closing, source.bytes[offset] != quote { offset += 1 }
    if offset < closing { position = offset }
  }
}

/// What is wrong inside a string.
struct LexicalFault: Error {
  let span: SourceSpan
  let message: Text
  let help: Diagnostic.Help?

  init(_ span: SourceSpan, _ message: Text, help: Diagnostic.Help? = nil) {
    self.span = span
    self.message = message
    self.help = help
  }
}
