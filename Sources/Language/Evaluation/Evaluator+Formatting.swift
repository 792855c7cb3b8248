// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// The text of an f-string.
  func formatted(_ parts: [FormatPart], _ frame: Frame) throws -> Value {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .expression(let expression, let spec):
        let value = try evaluate(expression, frame)
        guard let spec else {
          text += value.printed
          break
        }
        text += try located(at: expression.span, frame) { try format(value, spec) }
      }
      try Limits.check(bytes: text.utf8.count)
    }
    return .string(text)
  }

  /// A value under a format spec; a tensor of one element counts as a number.
  private func format(_ value: Value, _ spec: FormatSpec) throws -> String {
    if case .int(let number) = value { return spec.format(number) }
    if spec.conversion != "s", let number = value.number, !value.isBool || spec.needsNumber {
      return spec.format(number)
    }
    guard !spec.needsNumber else {
      throw Diagnostic(
        .type, Text("this format wants a number, not \(value.typeName)", zh: "这个格式需要数字，得到的是 \(value.typeName)"))
    }
    return spec.format(value.printed)
  }
}

extension Value {
  fileprivate var isBool: Bool { if case .bool = self { true } else { false } }
}
