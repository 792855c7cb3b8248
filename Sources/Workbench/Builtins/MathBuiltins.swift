// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language
import Tensors

// Functions of each element. Those of plain numbers are the language's own, but for a few.

extension Builtin {
  static let exp = elementwise(
    "exp", Text("e to the power of each element.", zh: "e 的各元素次幂。"), Example("exp(zeros(2))", shows: "[1, 1]"),
    Tensors.exp)
  static let log = elementwise(
    "log", Text("The natural logarithm.", zh: "自然对数。"), Example("log(ones(2))", shows: "[0, 0]"), Tensors.log)
  static let sqrt = elementwise(
    "sqrt", Text("The square root.", zh: "平方根。"), Example("sqrt(tensor([4.0, 9.0]))", shows: "[2, 3]"), Tensors.sqrt)
  static let abs = elementwise(
    "abs", Text("The absolute value.", zh: "绝对值。"), Example("abs(tensor([-2, 3]))", shows: "[2, 3]"), Tensors.abs)
  static let sign = elementwise(
    "sign", Text("-1, 0 or 1.", zh: "符号：-1、0 或 1。"), Example("sign(tensor([-2.0, 3.0]))", shows: "[−1, 1]"),
    Tensors.sign)
  static let sin = elementwise(
    "sin", Text("The sine.", zh: "正弦。"), Example("sin(zeros(2))", shows: "[0, 0]"), Tensors.sin)
  static let cos = elementwise(
    "cos", Text("The cosine.", zh: "余弦。"), Example("cos(zeros(2))", shows: "[1, 1]"), Tensors.cos)
  static let round = elementwise(
    "round", Text("The nearest whole number, halves to the even one.", zh: "四舍六入五成双取整。"),
    Example("round(tensor([0.5, 1.5]))", shows: "[0, 2]"), Tensors.round)
  static let floor = elementwise(
    "floor", Text("The largest whole number not above.", zh: "向下取整。"),
    Example("floor(tensor([1.7, -0.5]))", shows: "[1, −1]"), Tensors.floor)
  static let tanh = elementwise(
    "tanh", Text("The hyperbolic tangent, −1 … 1; also a layer.", zh: "双曲正切，−1 … 1；也可作为层。"),
    Example("tanh(zeros(2))", shows: "[0, 0]"), Tensors.tanh)
  static let sigmoid = elementwise(
    "sigmoid", Text("1 / (1 + exp(−x)), 0 … 1; also a layer.", zh: "1 / (1 + exp(−x))，0 … 1；也可作为层。"),
    Example("sigmoid(zeros(2))", shows: "[0.5, 0.5]"), Tensors.sigmoid)
  static let relu = elementwise(
    "relu", Text("max(x, 0); also a layer.", zh: "max(x, 0)；也可作为层。"),
    Example("relu(tensor([-1.0, 2.0]))", shows: "[0, 2]"), Tensors.relu)
  static let softplus = elementwise(
    "softplus", Text("log(1 + exp(x)), a smooth relu; also a layer.", zh: "log(1 + exp(x))，平滑的 relu；也可作为层。"),
    Example("softplus(zeros(2))", shows: "[0.6931, 0.6931]"), Tensors.softplus)

  private static func elementwise(
    _ name: String, _ text: Text, _ example: Example,
    _ function: @escaping @Sendable (Tensor) throws(TensorError) -> Tensor
  ) -> Builtin {
    Builtin(name, .function, in: .math, text, tensorParameter, examples: [example]) { _, x in try function(x) }
  }

  static let sigmoidOfNumber = ofNumber("sigmoid", sigmoid.text, Example("sigmoid(0)", shows: "0.5")) {
    1 / (1 + Glibc.exp(-$0))
  }
  static let reluOfNumber = ofNumber("relu", relu.text, Example("relu(-1)", shows: "0")) { max($0, 0) }
  static let softplusOfNumber = ofNumber("softplus", softplus.text, Example("softplus(0)", shows: "0.69")) {
    $0 > 0 ? $0 + log1p(Glibc.exp(-$0)) : log1p(Glibc.exp($0))
  }

  private static func ofNumber(
    _ name: String, _ text: Text, _ example: Example, _ function: @escaping @Sendable (Double) -> Double
  ) -> Builtin {
    Builtin(
      name, .function, in: .math, text, Parameter<Double>("x", Text("A number.", zh: "数。")), examples: [example]
    ) { _, x in function(x) }
  }

  static let leakyReLU = Builtin(
    "leaky_relu", .function, in: .math,
    Text("x where positive, otherwise slope · x; also a layer.", zh: "正数不变，负数乘以 slope；也可作为层。"), tensorParameter,
    Parameter<Double>("slope", Text("The factor on the negative side.", zh: "负半轴的斜率。"), default: 0.2),
    examples: [Example("leaky_relu(tensor([-1.0, 2.0]))", shows: "[−0.2, 2]")]
  ) { _, x, slope in try Tensors.leakyReLU(x, slope: slope) }

  static let softmax = Builtin(
    "softmax", .function, in: .math, Text("Probabilities from scores along an axis.", zh: "沿一个轴把得分变成概率。"),
    tensorParameter, lastAxisParameter,
    examples: [Example("softmax(zeros(4))", shows: "[0.25, 0.25, 0.25, 0.25]")]
  ) { _, x, axis in try Tensors.softmax(x, alongAxis: axis) }

  static let logSoftmax = Builtin(
    "log_softmax", .function, in: .math, Text("Logarithms of softmax, computed safely.", zh: "softmax 的对数（数值稳定）。"),
    tensorParameter, lastAxisParameter,
    examples: [Example("log_softmax(zeros(2))", shows: "[−0.6931, −0.6931]")]
  ) { _, x, axis in try Tensors.logSoftmax(x, alongAxis: axis) }

  static let pow = Builtin(
    "pow", .function, in: .math, Text("Each element to a power.", zh: "各元素的 p 次幂。"),
    Parameter<TensorOperand>("x", Text("A tensor or a number.", zh: "张量或数。")),
    Parameter<Value>("p", Text("The exponent.", zh: "指数。")),
    examples: [Example("tensor([1.0, 3.0]).pow(2)", shows: "[1, 9]")]
  ) { call, x, exponent in try call.binary(.power, x.value, exponent) }

  static let maximum = Builtin(
    "maximum", .function, in: .math, Text("The larger of two, element by element.", zh: "逐元素取较大者。"),
    Parameter<TensorOperand>("a", Text("A tensor or a number.", zh: "张量或数。")),
    Parameter<TensorOperand>("b", Text("Another.", zh: "另一个。")),
    examples: [Example("maximum(tensor([-1, 2]), 0)", shows: "[0, 2]")]
  ) { call, a, b -> Value in
    if a.isNumber, b.isNumber { return try call.truth(of: call.binary(.less, a.value, b.value)) ? b.value : a.value }
    return try Tensors.maximum(a.tensor, b.tensor).value
  }

  static let minimum = Builtin(
    "minimum", .function, in: .math, Text("The smaller of two, element by element.", zh: "逐元素取较小者。"),
    Parameter<TensorOperand>("a", Text("A tensor or a number.", zh: "张量或数。")),
    Parameter<TensorOperand>("b", Text("Another.", zh: "另一个。")),
    examples: [Example("minimum(tensor([-1, 2]), 0)", shows: "[−1, 0]")]
  ) { call, a, b -> Value in
    if a.isNumber, b.isNumber { return try call.truth(of: call.binary(.less, b.value, a.value)) ? b.value : a.value }
    return try Tensors.minimum(a.tensor, b.tensor).value
  }

  static let lastAxisParameter = Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: -1)

  static let mathElementwise: [Builtin] = [
    exp, log, sqrt, abs, sign, sin, cos, round, floor, tanh, sigmoid, relu, softplus, sigmoidOfNumber, reluOfNumber,
    softplusOfNumber, leakyReLU, softmax, logSoftmax, pow, maximum, minimum,
  ]
}
