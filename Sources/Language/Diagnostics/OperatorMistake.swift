// SPDX-License-Identifier: Apache-2.0

/// Values that an operator cannot take.
enum OperatorMistake {
  static func undefined(_ symbol: BinaryOperator, _ left: Value, _ right: Value) -> Diagnostic {
    var help: [Diagnostic.Help] = []
    if symbol == .add, case .string = left {
      help = [.init(code: "f\"… {x}\"", Text("puts a value into a text", zh: "把值放进文字"))]
    }
    if symbol == .add, case .list = left, case .list = right {
    } else if symbol == .add, case .list = left {
      help = [.init(code: "xs + [x]", Text("adds one item", zh: "添加一项"))]
    }
    return Diagnostic(
      .type,
      Text(
        "\(left.typeName) \(symbol.rawValue) \(right.typeName) is not defined",
        zh: "\(left.typeName) \(symbol.rawValue) \(right.typeName) 没有定义"),
      labels: [.init(.position(0), left.briefText), .init(.position(1), right.briefText)], help: help)
  }

  static func undefined(_ symbol: UnaryOperator, _ operand: Value) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(symbol.rawValue) is not defined for \(operand.typeName)", zh: "\(operand.typeName) 不能用 \(symbol.rawValue)"),
      labels: [.init(.position(0), operand.briefText)])
  }

  static func notContainer(_ container: Value, _ value: Value) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(value.typeName) cannot be looked for in \(container.typeName)",
        zh: "不能在 \(container.typeName) 里找 \(value.typeName)"),
      labels: [.init(.position(1), container.briefText)])
  }

  static func notIterable(_ value: Value) -> Diagnostic {
    var help: [Diagnostic.Help] = []
    if case .int(let number) = value { help = [.init(code: "range(\(number))")] }
    return Diagnostic(
      .type, Text("\(value.typeName) is not a sequence", zh: "\(value.typeName) 不是序列"),
      labels: [.init(.position(0), value.briefText)], help: help)
  }
}

extension Value {
  /// A few words for labels: the shape of a tensor, the type of anything else.
  var briefText: Text {
    let text = if case .host(let object) = self { object.brief } else { typeName }
    return Text(text, zh: text)
  }
}
