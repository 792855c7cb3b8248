// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

// Making tensors.

extension Builtin {
  static let tensor = Builtin(
    "tensor", .function, in: .tensors,
    Text("A tensor of numbers in lists.", zh: "由列表中的数组成张量。"),
    Parameter<Value>("values", Text("Numbers, or lists of them.", zh: "数，或数的列表。")),
    Parameter<Bool>("requires_grad", Text("Whether gradients are gathered in it.", zh: "是否累积梯度。"), default: false),
    examples: [
      Example("tensor([[1, 2], [3, 4.5]])", shows: "Tensor [2, 2] f32  1 … 4.5"),
      Example("x = tensor([3.0], requires_grad=True); sum(x * x).backward(); x.grad", shows: "6"),
    ], seeAlso: ["requires_grad"]
  ) { _, values, isLeaf in
    let tensor = try NestedNumbers.tensor(values)
    return isLeaf ? try tensor.requiringGradient() : tensor
  }

  static let zeros = Builtin(
    "zeros", .function, in: .tensors, Text("A tensor of zeros.", zh: "全零张量。"), shapeParameter,
    examples: [Example("zeros(3)", shows: "Tensor [3] f32  [0, 0, 0]")]
  ) { _, size in try Tensor.zeros(size.shape) }

  static let ones = Builtin(
    "ones", .function, in: .tensors, Text("A tensor of ones.", zh: "全一张量。"), shapeParameter,
    examples: [Example("ones(2, 2)", shows: "1.0  1.0")]
  ) { _, size in try Tensor.ones(size.shape) }

  static let rand = Builtin(
    "rand", .function, in: .tensors,
    Text("Random numbers from 0 up to 1, equally likely.", zh: "0 到 1 之间均匀分布的随机数。"), shapeParameter,
    examples: [Example("rand(8x8).shape", shows: "[8, 8]")]
  ) { call, size in try call.state.random.uniform(size.shape) }

  static let randn = Builtin(
    "randn", .function, in: .tensors,
    Text("Random numbers from the standard normal distribution.", zh: "标准正态分布的随机数。"), shapeParameter,
    examples: [Example("z = randn(64, 100)", shows: "Tensor [64, 100] f32")]
  ) { call, size in try call.state.random.normal(size.shape) }

  static let full = Builtin(
    "full", .function, in: .tensors, Text("A tensor of one value.", zh: "所有元素相同的张量。"),
    Parameter<Shape>("shape", Text("The size of each axis.", zh: "各轴的大小。")),
    Parameter<Value>("value", Text("The value of every element.", zh: "每个元素的值。")),
    examples: [Example("full([3], 0.9)", shows: "[0.9, 0.9, 0.9]")]
  ) { _, shape, value in
    if case .int(let whole) = value { return try Tensor.full(shape, integer: Int64(whole)) }
    guard let number = Double.convert(value) else { throw TensorFault.notNumbers(value.typeName) }
    return try Tensor.full(shape, number)
  }

  static let randint = Builtin(
    "randint", .function, in: .tensors,
    Text("Random whole numbers from lo up to, not including, hi.", zh: "从 lo 到 hi（不含）的随机整数。"),
    Parameter<Int>("lo", Text("The smallest.", zh: "最小值。")),
    Parameter<Int>("hi", Text("One above the largest.", zh: "上界（不含）。")),
    Parameter<Shape>("shape", Text("The size of each axis.", zh: "各轴的大小。")),
    examples: [Example("randint(0, 10, 5).dtype", shows: "i64")]
  ) { call, low, high, shape in
    let (bound, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow else { throw TensorError.integerOverflow(operation: "randint") }
    return try call.state.random.integers(below: bound, shape) + low
  }

  static let arange = Builtin(
    "arange", .function, in: .tensors,
    Text("Numbers from a up to, not including, b.", zh: "从 a 到 b（不含）的等差数列。"),
    Parameter<Value>("a", Text("The start; alone it is the end.", zh: "起点；单独给出时为终点。")),
    Parameter<Value>("b", Text("The end.", zh: "终点。"), default: .nothing),
    Parameter<Value>("step", Text("How far apart.", zh: "间隔。"), default: 1),
    examples: [Example("arange(5)", shows: "[0, 1, 2, 3, 4]")]
  ) { _, a, b, step in
    let (start, end): (Value, Value) = if case .nothing = b { (.int(0), a) } else { (a, b) }
    if let first = Int.convert(start), let last = Int.convert(end), let by = Int.convert(step) {
      return try Tensor.range(Int64(first), Int64(last), step: Int64(by))
    }
    guard let first = Double.convert(start), let last = Double.convert(end), let by = Double.convert(step) else {
      throw TensorFault.notNumbers([start, end, step].first { Double.convert($0) == nil }?.typeName ?? "None")
    }
    return try Tensor.range(first, last, step: by)
  }

  static let linspace = Builtin(
    "linspace", .function, in: .tensors,
    Text("n numbers at equal distances from a to b, both included.", zh: "从 a 到 b（含）等距的 n 个数。"),
    Parameter<Double>("a", Text("The first.", zh: "第一个。")),
    Parameter<Double>("b", Text("The last.", zh: "最后一个。")),
    Parameter<Int>("n", Text("How many.", zh: "个数。")),
    examples: [Example("linspace(0, 1, 5)", shows: "[0, 0.25, 0.5, 0.75, 1]")]
  ) { _, a, b, n in try Tensor.linearSpace(a, b, count: n) }

  static let eye = Builtin(
    "eye", .function, in: .tensors, Text("The identity matrix.", zh: "单位矩阵。"),
    Parameter<Int>("n", Text("How many rows and columns.", zh: "行列数。")),
    examples: [Example("eye(2)", shows: "1.0  0.0")]
  ) { _, n in try Tensor.identity(n) }

  static let zerosLike = Builtin(
    "zeros_like", .function, in: .tensors, Text("Zeros in the shape of x.", zh: "与 x 同形的全零张量。"), tensorParameter,
    examples: [Example("zeros_like(ones(2))", shows: "[0, 0]")]
  ) { _, x in try Tensor.zeros(x.shape) }

  static let onesLike = Builtin(
    "ones_like", .function, in: .tensors, Text("Ones in the shape of x.", zh: "与 x 同形的全一张量。"), tensorParameter,
    examples: [Example("ones_like(zeros(2))", shows: "[1, 1]")]
  ) { _, x in try Tensor.ones(x.shape) }

  static let randnLike = Builtin(
    "randn_like", .function, in: .tensors,
    Text("Standard normal numbers in the shape of x.", zh: "与 x 同形的标准正态随机数。"), tensorParameter,
    examples: [Example("randn_like(zeros(4, 3)).shape", shows: "[4, 3]")]
  ) { call, x in try call.state.random.normal(x.shape) }

  static let oneHot = Builtin(
    "one_hot", .function, in: .tensors,
    Text("A row of zeros with a single one for each label.", zh: "每个标签对应一行独热编码。"),
    Parameter<Tensor>("y", Text("Whole-number labels.", zh: "整数标签。")),
    Parameter<Int>("n", Text("How many classes.", zh: "类别数。")),
    examples: [Example("one_hot(tensor([1, 0]), 3)", shows: "0.0  1.0  0.0")]
  ) { _, y, n in try Tensors.oneHot(y, classes: n) }

  static let tensorCreation: [Builtin] = [
    tensor, zeros, ones, rand, randn, full, randint, arange, linspace, eye, zerosLike, onesLike, randnLike, oneHot,
  ]

  // MARK: Parameters that many share

  static let shapeParameter = Parameter<Sizes>(
    "shape", Text("Sizes, a list or a size: 64, 100 or 8x8.", zh: "各轴大小、列表或尺寸：64, 100 或 8x8。"))
  static let tensorParameter = Parameter<Tensor>("x", Text("A tensor.", zh: "张量。"))
  static let axisParameter = Parameter<Int?>(
    "dim", Text("The axis; without it, all elements.", zh: "沿哪个轴；省略则对所有元素。"), default: .nothing)
  static let keepParameter = Parameter<Bool>(
    "keep", Text("Whether the axis stays, with size 1.", zh: "是否保留该轴（大小为 1）。"), default: false)
}
