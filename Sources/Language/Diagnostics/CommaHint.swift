// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
  /// For a command whose arguments do not fit: whether a comma is missing before `-`, `(` or `[`.
  ///
  /// `show x -1` reads as `show(x - 1)` and `show f (x)` as `show(f(x))`.
  func hintingAtComma(in node: CallNode, _ span: SourceSpan, _ source: SourceText) -> Diagnostic {
    guard kind == .type, help.isEmpty, self.source === source,
      let offset = node.arguments.lazy.compactMap({ $0.value.missingComma(in: source) }).first
    else { return self }
    let before = source.text(of: SourceSpan(span.start, offset.blank))
    let after = source.text(of: SourceSpan(offset.sign, span.end))
    var hinted = self
    hinted.help = [
      Help(code: before + ", " + after, Text("if these are two arguments", zh: "如果这是两个参数"))
    ]
    return hinted
  }
}

extension Expression {
  /// Where a blank is followed by a sign or bracket that touches what comes next, as in `x -1`.
  fileprivate func missingComma(in source: SourceText) -> (blank: Int, sign: Int)? {
    let left: Expression
    switch kind {
    case .binary(.subtract, let operand, _): left = operand
    case .subscripts(let base, _): left = base
    case .call(let call) where call.style == .plain: left = call.callee
    default: return nil
    }
    var sign = left.span.end
    while sign < span.end, source.bytes[sign] == 32 { sign += 1 }
    guard sign > left.span.end, sign + 1 < span.end, source.bytes[sign + 1] != 32 else {
      return left.missingComma(in: source)
    }
    return (left.span.end, sign)
  }
}
