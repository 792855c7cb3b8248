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
      labels: [.init(.position(0), name(of: left)), .init(.position(1), name(of: right))], help: help)
  }

  static func undefined(_ symbol: UnaryOperator, _ operand: Value) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(symbol.rawValue) is not defined for \(operand.typeName)", zh: "\(operand.typeName) 不能用 \(symbol.rawValue)"),
      labels: [.init(.position(0), name(of: operand))])
  }

  static func notContainer(_ container: Value, _ value: Value) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(value.typeName) cannot be looked for in \(container.typeName)",
        zh: "不能在 \(container.typeName) 里找 \(value.typeName)"),
      labels: [.init(.position(1), name(of: container))])
  }

  static func notIterable(_ value: Value) -> Diagnostic {
    var help: [Diagnostic.Help] = []
    if case .int(let number) = value { help = [.init(code: "range(\(number))")] }
    return Diagnostic(
      .type, Text("\(value.typeName) is not a sequence", zh: "\(value.typeName) 不是序列"),
      labels: [.init(.position(0), name(of: value))], help: help)
  }

  private static func name(of value: Value) -> Text {
    if case .host(let object) = value { return Text(object.brief, zh: object.brief) }
    return Text(value.typeName, zh: value.typeName)
  }
}
