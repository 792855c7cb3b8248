// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

// Tensors in other shapes, put together and taken apart.

extension Builtin {
  static let reshape = Builtin(
    "reshape", .function, in: .tensors,
    Text("The same elements in another shape; one size may be -1.", zh: "元素不变，改变形状；其中一个大小可为 -1。"),
    tensorParameter, shapeParameter, aliases: ["view"],
    examples: [Example("arange(6).reshape(2, -1)", shows: "Tensor [2, 3] i64")]
  ) { _, x, size in try x.reshaped(to: size.shape) }

  static let flatten = Builtin(
    "flatten", .function, in: .tensors, Text("The axes from start on merged into one.", zh: "从 start 起的各轴合并为一个。"),
    tensorParameter,
    Parameter<Int>("start", Text("The first axis to merge.", zh: "从哪个轴开始合并。"), default: 0),
    examples: [Example("zeros(64, 1, 28, 28).flatten(1).shape", shows: "[64, 784]")]
  ) { _, x, start in try x.flattened(from: start) }

  static let squeeze = Builtin(
    "squeeze", .function, in: .tensors, Text("The axes of size 1 taken out.", zh: "去掉大小为 1 的轴。"), tensorParameter,
    Parameter<Int?>("dim", Text("Only this axis.", zh: "只去掉这个轴。"), default: .nothing),
    examples: [Example("zeros(1, 3, 1).squeeze().shape", shows: "[3]")]
  ) { _, x, axis in try x.squeezed(axis: axis) }

  static let unsqueeze = Builtin(
    "unsqueeze", .function, in: .tensors, Text("A new axis of size 1.", zh: "增加一个大小为 1 的轴。"), tensorParameter,
    Parameter<Int>("dim", Text("Where.", zh: "位置。")),
    examples: [Example("zeros(3).unsqueeze(0).shape", shows: "[1, 3]")]
  ) { _, x, axis in try x.unsqueezed(axis: axis) }

  static let transpose = Builtin(
    "transpose", .function, in: .tensors, Text("Two axes exchanged.", zh: "交换两个轴。"), tensorParameter,
    Parameter<Int>("a", Text("One axis.", zh: "一个轴。"), default: -2),
    Parameter<Int>("b", Text("The other axis.", zh: "另一个轴。"), default: -1),
    examples: [Example("zeros(2, 3).transpose(0, 1).shape", shows: "[3, 2]")]
  ) { _, x, a, b in try x.transposed(a, b) }

  static let permute = Builtin(
    "permute", .function, in: .tensors, Text("The axes in another order.", zh: "按新次序排列各轴。"), tensorParameter,
    Parameter<Sizes>("dims", Text("The axes in their new order.", zh: "新的轴次序。")),
    examples: [Example("zeros(2, 3, 4).permute(2, 0, 1).shape", shows: "[4, 2, 3]")]
  ) { _, x, order in try x.permuted(order.shape.dimensions) }

  static let cat = Builtin(
    "cat", .function, in: .tensors, Text("Tensors put together along an axis.", zh: "沿一个轴拼接张量。"),
    Parameter<[Tensor]>("list", Text("The tensors.", zh: "张量列表。")),
    Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: 0),
    examples: [Example("cat([zeros(2), ones(1)])", shows: "[0, 0, 1]")]
  ) { _, list, axis in try concatenate(list, alongAxis: axis) }

  static let stack = Builtin(
    "stack", .function, in: .tensors, Text("Tensors put together along a new axis.", zh: "沿新轴堆叠张量。"),
    Parameter<[Tensor]>("list", Text("Tensors of one shape.", zh: "形状相同的张量列表。")),
    Parameter<Int>("dim", Text("Where the new axis goes.", zh: "新轴的位置。"), default: 0),
    examples: [Example("stack([zeros(2), ones(2)]).shape", shows: "[2, 2]")]
  ) { _, list, axis in
    guard !list.isEmpty else {
      throw TensorError.argument(operation: "stack", name: "list", value: "[]", needs: "at least one tensor")
    }
    return try Tensors.stack(list, alongAxis: axis)
  }

  static let splitTensor = Builtin(
    "split", .function, in: .tensors, Text("A tensor cut into pieces along an axis.", zh: "沿一个轴把张量切成若干块。"),
    tensorParameter,
    Parameter<Int>("n", Text("The size of a piece.", zh: "每块的大小。")),
    Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: 0),
    examples: [Example("len(split(arange(5), 2))", shows: "3")]
  ) { _, x, size, axis in try Tensors.split(x, size: size, alongAxis: axis) }

  static let whereBuiltin = Builtin(
    "where", .function, in: .tensors,
    Text("Elements of a where the condition holds, of b elsewhere.", zh: "条件成立处取 a 的元素，否则取 b 的。"),
    Parameter<TensorOperand>("condition", Text("Truth values.", zh: "布尔条件。")),
    Parameter<TensorOperand>("a", Text("Taken where true.", zh: "条件为真时取。")),
    Parameter<TensorOperand>("b", Text("Taken where false.", zh: "条件为假时取。")),
    examples: [Example("x = tensor([-1.0, 2.0]); where(x > 0, x, 0)", shows: "[0, 2]")]
  ) { _, condition, a, b in try select(where: condition.tensor, a.tensor, otherwise: b.tensor) }

  static let clip = Builtin(
    "clip", .function, in: .tensors, Text("Elements cut to lo … hi.", zh: "把元素限制在 lo … hi 之间。"), tensorParameter,
    Parameter<Double>("lo", Text("The smallest allowed.", zh: "下限。")),
    Parameter<Double>("hi", Text("The largest allowed.", zh: "上限。")),
    aliases: ["clamp"],
    examples: [Example("clip(tensor([-2.0, 0.5]), 0, 1)", shows: "[0, 0.5]")]
  ) { _, x, low, high in try Tensors.clamp(x, from: low, to: high) }

  static let size = Builtin(
    "size", .function, in: .tensors, Text("The shape, or the size of one axis.", zh: "形状，或某个轴的大小。"),
    tensorParameter,
    Parameter<Int?>("dim", Text("The axis.", zh: "哪个轴。"), default: .nothing),
    examples: [Example("zeros(64, 100).size(0)", shows: "64")]
  ) { _, x, axis -> Value in
    guard let axis else { return x.shape.value }
    guard axis < x.rank, axis >= -x.rank else {
      throw TensorError.axisOutOfRange(operation: "size", axis: axis, rank: x.rank)
    }
    return .int(x.shape[axis < 0 ? axis + x.rank : axis])
  }

  static let item = Builtin(
    "item", .function, in: .tensors, Text("The only element, as a number.", zh: "唯一元素的数值。"), tensorParameter,
    examples: [Example("item(sum(ones(3)))", shows: "3.0")]
  ) { _, x -> Value in
    let number = try x.item()
    return switch x.dtype {
    case .float32: .float(number)
    case .int64: .int(Int(x.integers()[0]))
    case .bool: .bool(number != 0)
    }
  }

  static let list = Builtin(
    "list", .function, in: .tensors, Text("The elements as numbers in lists.", zh: "把元素转成（嵌套）列表。"),
    tensorParameter,
    aliases: ["tolist", "numpy"],
    examples: [Example("list(arange(3))", shows: "[0, 1, 2]")]
  ) { _, x -> Value in NestedNumbers.list(of: x) }

  static let copyTensor = Builtin(
    "copy", .function, in: .tensors, Text("The elements as a tensor of its own.", zh: "复制成独立的张量。"),
    tensorParameter,
    aliases: ["clone"],
    examples: [Example("copy(ones(2))", shows: "[1, 1]")]
  ) { _, x in x.detached() }

  static let floatTensor = Builtin(
    "float", .function, in: .tensors,
    Text("The elements as f32; a tensor without axes becomes a number.", zh: "转为 f32；没有轴的张量变成数。"),
    tensorParameter,
    examples: [Example("float(arange(3))", shows: "Tensor [3] f32  [0, 1, 2]")]
  ) { _, x -> Value in x.rank == 0 ? .float(try x.item()) : try x.floats().value }

  static let intTensor = Builtin(
    "int", .function, in: .tensors,
    Text(
      "The elements as i64, cut towards zero; a tensor without axes becomes a number.", zh: "转为 i64（向零取整）；没有轴的张量变成整数。"),
    tensorParameter,
    aliases: ["long"],
    examples: [Example("int(tensor([1.9, -1.9]))", shows: "Tensor [2] i64  [1, −1]")]
  ) { _, x -> Value in x.rank == 0 ? .int(Int(x.integers()[0])) : try x.converted(to: .int64).value }

  static let boolTensor = Builtin(
    "bool", .function, in: .tensors,
    Text("Which elements are not zero; a tensor without axes becomes a truth value.", zh: "哪些元素非零；没有轴的张量变成布尔值。"),
    tensorParameter,
    examples: [Example("bool(arange(2))", shows: "[False, True]")]
  ) { _, x -> Value in x.rank == 0 ? .bool(x.booleans()[0]) : try x.converted(to: .bool).value }

  static let sortTensor = Builtin(
    "sort", .function, in: .tensors, Text("The elements in rising order, with their positions.", zh: "按升序排列，并给出原位置。"),
    tensorParameter,
    Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: -1),
    Parameter<Bool>("descending", Text("The largest first.", zh: "是否降序。"), default: false),
    examples: [Example("values, places = sort(tensor([3, 1, 2])); values", shows: "[1, 2, 3]")]
  ) { _, x, axis, descending -> Value in
    let sorted = try Tensors.sort(x, alongAxis: axis, descending: descending)
    return .record(Record([("values", sorted.values.value), ("indices", sorted.indices.value)]))
  }

  static let topk = Builtin(
    "topk", .function, in: .tensors, Text("The k largest elements, with their positions.", zh: "最大的 k 个元素及其位置。"),
    tensorParameter,
    Parameter<Int>("k", Text("How many.", zh: "个数。")),
    Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: -1),
    examples: [Example("topk(tensor([3, 1, 2]), 2).values", shows: "[3, 2]")]
  ) { _, x, count, axis -> Value in
    let largest = try topK(x, count: count, alongAxis: axis)
    return .record(Record([("values", largest.values.value), ("indices", largest.indices.value)]))
  }

  static let tensorShapes: [Builtin] = [
    reshape, flatten, squeeze, unsqueeze, transpose, permute, cat, stack, splitTensor, whereBuiltin, clip, size, item,
    list, copyTensor, floatTensor, intTensor, boolTensor, sortTensor, topk,
  ]
}
