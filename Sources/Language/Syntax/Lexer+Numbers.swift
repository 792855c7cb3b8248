// SPDX-License-Identifier: Apache-2.0

extension Lexer {
  /// A whole number, a number, or a size such as `1x28x28`.
  mutating func number() -> Token {
    let start = position
    skipDigits()
    if startsSizePart, let sizes = sizeParts(from: start) {
      return touchingName(from: start) ?? Token(kind: .size(sizes), span: SourceSpan(start, position))
    }
    var isWhole = true
    if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1) != UInt8(ascii: ".") {
      isWhole = false
      position += 1
      skipDigits()
    }
    if skipExponent() { isWhole = false }
    return touchingName(from: start) ?? numberToken(SourceSpan(start, position), isWhole: isWhole)
  }

  private mutating func skipDigits() {
    while isDigit(at: position) || (byte(at: position) == UInt8(ascii: "_") && isDigit(at: position + 1)) {
      position += 1
    }
  }

  private mutating func skipExponent() -> Bool {
    guard byte(at: position) | 32 == UInt8(ascii: "e") else { return false }
    let hasSign = [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte(at: position + 1))
    let digits = position + (hasSign ? 2 : 1)
    guard isDigit(at: digits) else { return false }
    position = digits
    skipDigits()
    return true
  }

  private func numberToken(_ span: SourceSpan, isWhole: Bool) -> Token {
    let digits = source.text(of: span).filter { $0 != "_" }
    if !isWhole { return Token(kind: .number(Double(digits) ?? 0), span: span) }
    if let value = Int(digits) { return Token(kind: .integer(value), span: span) }
    return invalid(
      span, Text("this whole number does not fit in 64 bits", zh: "这个整数超出 64 位的范围"),
      help: .init(code: "\(Double(digits) ?? 0)"))
  }

  // MARK: Sizes

  /// Whether an `x` or `×` and a positive number follow.
  private var startsSizePart: Bool {
    guard position < end else { return false }
    let character = peek()
    guard character.scalar == "x" || character.scalar == "×" else { return false }
    return (49...57).contains(byte(at: position + character.width))
  }

  /// The numbers of a size whose first one has just been read; nil when it has a leading zero or is too large.
  private mutating func sizeParts(from start: Int) -> [Int]? {
    let before = position
    guard let first = Int(source.text(of: SourceSpan(start, position))), first > 0, byte(at: start) != 48 else {
      return nil
    }
    var sizes = [first]
    while startsSizePart {
      advance(peek())
      let digits = position
      while isDigit(at: position) { position += 1 }
      guard let size = Int(source.text(of: SourceSpan(digits, position))) else {
        position = before
        return nil
      }
      sizes.append(size)
    }
    return sizes
  }

  // MARK: Mistakes

  /// The error of a number that a name touches, such as `2x`; nil when nothing does.
  private mutating func touchingName(from start: Int) -> Token? {
    guard position < end, Characters.startsName(peek().scalar) else { return nil }
    let number = source.text(of: SourceSpan(start, position))
    let name = position
    while position < end, Characters.continuesName(peek().scalar) { advance(peek()) }
    let span = SourceSpan(start, position)
    let rest = source.text(of: SourceSpan(name, position))
    if number == "0", rest.hasPrefix("x") || rest.hasPrefix("X") || rest.hasPrefix("b") {
      return invalid(span, Text("numbers are written in decimal", zh: "数字只能写成十进制"))
    }
    return invalid(
      span, Text("a name may not touch a number", zh: "名字不能紧接在数字后面"), help: .init(code: "\(number) * \(rest)"))
  }

  func invalid(_ span: SourceSpan, _ message: Text, help: Diagnostic.Help? = nil) -> Token {
    Token(
      kind: .invalid(
        Diagnostic(
          .syntax, message, labels: [.init(.span(span))], help: help.map { [$0] } ?? [], span: span)),
      span: span)
  }
}
