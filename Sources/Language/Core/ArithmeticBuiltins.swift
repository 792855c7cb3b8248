// SPDX-License-Identifier: Apache-2.0
import Glibc

extension CoreBuiltins {
  static let arithmetic: [Builtin] =
    elementary + [absolute, absoluteWhole, round, floor, sign, power, maximum, minimum]

  private static let number = Text("A number.", zh: "一个数。")

  /// Functions of one number; tensors have variants of their own.
  private static let elementary: [Builtin] = [
    elementary("exp", Text("e to the power x.", zh: "e 的 x 次方。"), Example("exp(0.0)", shows: "1.0"), Glibc.exp),
    elementary("log", Text("The natural logarithm.", zh: "自然对数。"), Example("log(1.0)", shows: "0.0"), Glibc.log),
    elementary("sqrt", Text("The square root.", zh: "平方根。"), Example("sqrt(9)", shows: "3.0"), Glibc.sqrt),
    elementary("sin", Text("The sine of x in radians.", zh: "正弦（弧度）。"), Example("sin(0)", shows: "0.0"), Glibc.sin),
    elementary("cos", Text("The cosine of x in radians.", zh: "余弦（弧度）。"), Example("cos(0)", shows: "1.0"), Glibc.cos),
    elementary("tanh", Text("The hyperbolic tangent.", zh: "双曲正切。"), Example("tanh(0)", shows: "0.0"), Glibc.tanh),
  ]

  private static func elementary(
    _ name: String, _ text: Text, _ example: Example, _ function: @escaping @Sendable (Double) -> Double
  ) -> Builtin {
    Builtin(name, .function, in: .math, text, Parameter<Double>("x", number), examples: [example]) { call, x in
      let result = function(x)
      guard result.isFinite || !x.isFinite else {
        let shown = NumberText.shortest(x)
        throw Diagnostic(
          .value, Text("\(name)(\(shown)) is not a finite number", zh: "\(name)(\(shown)) 不是有限的数"),
          labels: [.init(.position(0))])
      }
      return result
    }
  }

  private static let absoluteWhole = Builtin(
    "abs", .function, in: .math, Text("A number without its sign.", zh: "绝对值。"), Parameter<Double>("x", number),
    examples: [Example("abs(-2.5)", shows: "2.5")]
  ) { _, x in x.magnitude }

  private static let absolute = Builtin(
    "abs", .function, in: .math, Text("A whole number without its sign.", zh: "整数的绝对值。"), Parameter<Int>("x", number),
    examples: [Example("abs(-2)", shows: "2")]
  ) { _, x in
    guard let result = Int(exactly: x.magnitude) else { throw Arithmetic.overflow("abs(\(x))") }
    return result
  }

  private static let round = Builtin(
    "round", .function, in: .math, Text("The nearest whole number, or decimal.", zh: "四舍五入（到整数或指定小数位）。"),
    Parameter<Double>("x", number),
    Parameter<Int?>("digits", Text("How many decimals to keep.", zh: "保留的小数位数。"), default: .nothing),
    examples: [Example("round(2.6)", shows: "3"), Example("round(3.14159, 2)", shows: "3.14")]
  ) { _, x, digits in
    guard let digits else { return Value.int(try whole(x.rounded(.toNearestOrEven))) }
    guard x.isFinite, (0...300).contains(digits) else { return Value.float(x) }
    return Value.float(Double(NumberText.fixed(x, digits)) ?? x)
  }

  private static let floor = Builtin(
    "floor", .function, in: .math, Text("The largest whole number below.", zh: "向下取整。"), Parameter<Double>("x", number),
    examples: [Example("floor(2.6)", shows: "2")]
  ) { _, x in try whole(x.rounded(.down)) }

  private static let sign = Builtin(
    "sign", .function, in: .math, Text("-1, 0 or 1.", zh: "符号：-1、0 或 1。"), Parameter<Double>("x", number),
    examples: [Example("sign(-3)", shows: "-1")]
  ) { _, x in x > 0 ? 1 : (x < 0 ? -1 : 0) }

  private static let power = Builtin(
    "pow", .function, in: .math, Text("x to the power p.", zh: "x 的 p 次方。"), Parameter<Double>("x", number),
    Parameter<Value>("p", Text("The exponent.", zh: "指数。")), examples: [Example("pow(2.0, 3)", shows: "8.0")]
  ) { call, x, p in try call.binary(.power, .float(x), p) }

  private static let maximum = Builtin(
    "maximum", .function, in: .math, Text("The larger of two.", zh: "两者中较大的。"), Parameter<Double>("a", number),
    Parameter<Double>("b", number), examples: [Example("maximum(2.5, 1)", shows: "2.5")]
  ) { _, a, b in Swift.max(a, b) }

  private static let minimum = Builtin(
    "minimum", .function, in: .math, Text("The smaller of two.", zh: "两者中较小的。"), Parameter<Double>("a", number),
    Parameter<Double>("b", number), examples: [Example("minimum(2.5, 1)", shows: "1.0")]
  ) { _, a, b in Swift.min(a, b) }
}
