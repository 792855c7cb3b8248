// SPDX-License-Identifier: Apache-2.0

extension SourceText {
  /// The part of a line, between its semicolons, that holds a span: what a suggestion rewrites.
  func statementSpan(around span: SourceSpan) -> SourceSpan {
    let line = self.span(ofLine: line(at: span.start))
    guard line.end - line.start < 2000 else { return trimmed(SourceSpan(span.start, min(span.end, line.end))) }
    var lexer = Lexer(self, in: line)
    lexer.run()
    var (start, end) = (line.start, line.end)
    var closing = -1
    for (index, token) in lexer.tokens.enumerated() {
      if token.partner >= 0 { closing = max(closing, token.partner) }
      guard token.kind == .symbol(.semicolon), index > closing else { continue }
      if token.span.end <= span.start { start = token.span.end }
      if token.span.start >= span.end { end = min(end, token.span.start) }
    }
    return trimmed(SourceSpan(start, end))
  }

  private func trimmed(_ span: SourceSpan) -> SourceSpan {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    var (start, end) = (span.start, span.end)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return SourceSpan(start, end)
  }
}
