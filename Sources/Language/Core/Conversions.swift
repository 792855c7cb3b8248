// SPDX-License-Identifier: Apache-2.0

/// A number, text or truth value that is to become something else.
struct PlainArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "number or String" }
  static func convert(_ value: Value) -> PlainArgument? {
    switch value {
    case .bool, .int, .float, .string: PlainArgument(value: value)
    case .host(let object): object.number.map { PlainArgument(value: .float($0)) }
    default: nil
    }
  }
}

extension CoreBuiltins {
  static let conversions: [Builtin] = [int, float, string, truth]

  private static let value = Text("What to convert.", zh: "要转换的值。")

  private static let int = Builtin(
    "int", .function, in: .values, Text("A whole number; decimals are cut off.", zh: "转换为整数，舍去小数部分。"),
    Parameter<PlainArgument>("x", value),
    examples: [Example("int(3.7)", shows: "3"), Example("int(\"42\")", shows: "42")]
  ) { call, x in
    switch x.value {
    case .int(let number): return number
    case .bool(let flag): return flag ? 1 : 0
    case .float(let number): return try whole(number)
    default:
      let text = x.value.printed
      guard let number = Int(text.filter { $0 != "_" && $0 != " " }) else { throw unreadable(text, "int") }
      return number
    }
  }

  private static let float = Builtin(
    "float", .function, in: .values, Text("A floating-point number.", zh: "转换为浮点数。"),
    Parameter<PlainArgument>("x", value),
    examples: [Example("float(3)", shows: "3.0"), Example("float(\"1e-3\")", shows: "0.001")]
  ) { call, x in
    if let number = x.value.plainNumber { return number }
    let text = x.value.printed
    guard let number = Double(text.filter { $0 != "_" && $0 != " " }) else { throw unreadable(text, "float") }
    return number
  }

  private static let string = Builtin(
    "str", .function, in: .values, Text("The text that print shows.", zh: "print 所显示的文字。"),
    Parameter<Value>("x", value), examples: [Example("str(1.5)", shows: "\"1.5\"")]
  ) { _, x in x.printed }

  private static let truth = Builtin(
    "bool", .function, in: .values, Text("Whether a value counts as true.", zh: "值是否为真。"), Parameter<Value>("x", value),
    examples: [Example("bool([])", shows: "False")]
  ) { call, x in try call.truth(of: x) }

  /// A number without its decimals; throws when it does not fit.
  static func whole(_ number: Double) throws(Diagnostic) -> Int {
    guard let whole = Int(exactly: number.rounded(.towardZero)) else {
      let text = NumberText.shortest(number)
      throw Diagnostic(
        .value, Text("\(text) is not a whole number of 64 bits", zh: "\(text) 不是 64 位整数"), labels: [.init(.position(0))]
      )
    }
    return whole
  }

  private static func unreadable(_ text: String, _ function: String) -> Diagnostic {
    let shown = DisplayWidth.fitted(text, columns: 30)
    return Diagnostic(
      .value, Text("\(function) cannot read \"\(shown)\" as a number", zh: "\(function) 无法把 “\(shown)” 读作数字"),
      labels: [.init(.position(0))])
  }
}
