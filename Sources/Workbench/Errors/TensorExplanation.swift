// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// What is wrong with an operation on tensors, in the words of the language.
struct TensorExplanation {
  private let error: TensorError
  private let call: Call

  init(_ error: TensorError, _ call: Call) {
    self.error = error
    self.call = call
  }

  var diagnostic: Diagnostic {
    switch error {
    case .mismatch(let operation, let left, let right): mismatch(operation, left, right)
    case .unsuitable(let operation, let shape, let needs):
      Diagnostic(
        .shape,
        Text(
          "\(name(operation)) needs \(needs), got \(shape)",
          zh: "\(name(operation)) \(Needs.wanted(needs))，得到 \(shape)"),
        labels: [.init(.position(0), same(shape))])
    case .wrongType(let operation, let type, let needs):
      Diagnostic(
        .type,
        Text(
          "\(name(operation)) needs \(needs), got elements of type \(type)",
          zh: "\(name(operation)) \(Needs.wanted(needs))，得到类型为 \(type) 的元素"),
        labels: [.init(.position(0), same(type))], help: conversion(to: needs))
    case .argument(let operation, let argument, let value, let needs):
      Diagnostic(
        .value,
        Text(
          "\(name(operation)): \(argument) is \(value), needs \(needs)",
          zh: "\(name(operation))：\(argument) 是 \(value)，\(Needs.wanted(needs))"),
        labels: [.init(.argument(argument), Text(value, zh: value))])
    default: place
    }
  }

  // MARK: Places and counts

  private var place: Diagnostic {
    switch error {
    case .axisOutOfRange(let operation, let axis, let rank):
      Diagnostic(
        .index,
        Text(
          "\(name(operation)): there is no axis \(axis) in a tensor of \(rank) axes",
          zh: "\(name(operation))：张量只有 \(rank) 个轴，没有第 \(axis) 轴"),
        help: rank > 0
          ? [.init(Text("axes are 0 … \(rank - 1), or −1 for the last", zh: "轴为 0 … \(rank - 1)，−1 表示最后一个"))] : [])
    case .indexOutOfRange(_, let index, let size):
      Diagnostic(
        .index,
        Text("index \(index) is outside an axis of size \(size)", zh: "下标 \(index) 超出大小为 \(size) 的轴"),
        labels: [.init(.position(1))],
        help: size > 0 ? [.init(Text("positions are 0 … \(size - 1)", zh: "下标为 0 … \(size - 1)"))] : [])
    case .wrongCount(let operation, let shape, let found):
      Diagnostic(
        .shape,
        Text(
          "\(name(operation)): shape \(shape) needs \(shape.count) values, got \(found)",
          zh: "\(name(operation))：形状 \(shape) 需要 \(shape.count) 个值，得到 \(found) 个"))
    case .negativeSize(_, let shape):
      Diagnostic(
        .value, Text("sizes cannot be negative, got \(shape)", zh: "大小不能为负，得到 \(shape)"),
        labels: [.init(.position(0))])
    case .allocationTooLarge(let shape, let bytes):
      Diagnostic(
        .value,
        Text("\(shape) needs \(size(bytes)), more memory than there is", zh: "\(shape) 需要 \(size(bytes))，超过可用内存"),
        labels: [.init(.position(0))])
    case .empty(let operation, let shape):
      Diagnostic(
        .value,
        Text(
          "\(name(operation)) needs at least one element, got \(shape)", zh: "\(name(operation)) 至少需要一个元素，得到 \(shape)"),
        labels: [.init(.position(0), same(shape))])
    case .notScalar(let operation, let shape):
      notScalar(operation, shape)
    case .notFinite(let operation, let value, let origin):
      notFinite(operation, value, origin)
    case .gradientNotFinite(let operation, let value):
      infiniteSlope(operation, value)
    default: state
    }
  }

  private func notScalar(_ operation: String, _ shape: Shape) -> Diagnostic {
    let text = call.argumentText(0) ?? "x"
    let isGradient = operation == "backward" || operation == "gradient"
    return Diagnostic(
      isGradient ? .gradient : .value,
      Text("\(name(operation)) needs exactly one element, got \(shape)", zh: "\(name(operation)) 需要恰好一个元素，得到 \(shape)"),
      labels: [.init(.position(0), same(shape))],
      help: isGradient
        ? [.init(code: "mean(\(text)).backward()", Text("or sum(\(text))", zh: "或 sum(\(text))"))]
        : [.init(code: "list(\(text))", Text("all elements", zh: "全部元素"))])
  }

  private func notFinite(_ operation: String, _ value: Float, _ origin: String) -> Diagnostic {
    let (text, kind) = (call.argumentText(0) ?? "loss", value.isNaN ? "NaN" : value > 0 ? "+Inf" : "−Inf")
    return Diagnostic(
      .value,
      Text(
        "\(text) is \(kind), by all signs from \(name(origin)); \(name(operation)) would spoil every gradient",
        zh: "\(text) 是 \(kind)，应当来自 \(name(origin))；\(name(operation)) 会破坏所有梯度"),
      labels: [.init(.position(0), Text(kind, zh: kind))],
      help: [
        .init(code: "graph \(text)", Text("shows which term it is", zh: "查看是哪一项")),
        .init(
          Text(
            "log(0), 0/0 and sqrt at 0 make it: bce_logits(score, target), log(x + 1e-8)",
            zh: "常见于 log(0)、0/0 与 0 处的 sqrt：可用 bce_logits(score, target)、log(x + 1e-8)")),
      ])
  }

  private func infiniteSlope(_ operation: String, _ value: Float) -> Diagnostic {
    let (text, kind) = (call.argumentText(0) ?? "loss", value.isNaN ? "NaN" : "Inf")
    return Diagnostic(
      .gradient,
      Text(
        "\(text) is finite, but its gradient is \(kind): the slope of \(name(operation)) is not finite there",
        zh: "\(text) 是有限的，但梯度为 \(kind)：\(name(operation)) 在该处的斜率不是有限数"),
      labels: [.init(.position(0))],
      help: [
        .init(
          Text(
            "sqrt(x + 1e-12), log(x + 1e-8): away from the place where the slope is infinite; no gradient was changed",
            zh: "sqrt(x + 1e-12)、log(x + 1e-8)：避开斜率无穷大的点；梯度没有被改动"))
      ])
  }

  // MARK: States

  private var state: Diagnostic {
    switch error {
    case .divisionByZero(let operation):
      Diagnostic(.value, Text("\(name(operation)): a whole number divided by zero", zh: "\(name(operation))：整数除以零"))
    case .integerOverflow(let operation):
      Diagnostic(
        .value,
        Text("\(name(operation)): the result does not fit in 64 bits", zh: "\(name(operation))：结果超出 64 位整数"),
        help: [.init(code: "float(x)", Text("counts on, with rounding", zh: "改用浮点数（有舍入）"))])
    case .notRecorded:
      Diagnostic(
        .gradient,
        Text("nothing to differentiate: it was computed without recording", zh: "没有可求导的内容：计算时未被记录"),
        labels: [.init(.position(0))],
        help: [
          .init(
            Text(
              "no parameter took part, or it happened under no_grad or behind detach",
              zh: "没有参数参与，或在 no_grad 中，或经过了 detach"))
        ])
    case .notConnected: GradientFault.notConnected.diagnostic
    case .graphAlreadyUsed:
      GradientFault.graphAlreadyUsed(input: call.state.lastBackward, loss: call.argumentText(0) ?? "loss").diagnostic
    case .interrupted: Diagnostic(.interrupted, Text("stopped", zh: "已停止"))
    default: Diagnostic(.value, Text("\(error)", zh: "\(error)"))
    }
  }

  // MARK: Two shapes

  private func mismatch(_ operation: String, _ left: Shape, _ right: Shape) -> Diagnostic {
    Diagnostic(
      .shape, sentence(operation, left, right),
      labels: [.init(.position(0), same(left)), .init(.position(1), same(right))], notes: notes(operation, left, right),
      help: help(operation, left, right))
  }

  private func sentence(_ operation: String, _ left: Shape, _ right: Shape) -> Text {
    switch operation {
    case "matmul" where left.rank > 0 && right.rank > 0:
      let inner = right.rank > 1 ? right[right.rank - 2] : right[0]
      return Text(
        "@ multiplies rows by columns: a last axis of \(left.last) does not meet \(inner)",
        zh: "@ 用行乘列：左边最后一轴 \(left.last) 与右边的 \(inner) 不相等")
    case "reshape":
      return Text(
        "\(left) has \(left.count) elements, which do not fill \(right)", zh: "\(left) 有 \(left.count) 个元素，填不满 \(right)"
      )
    case "set":
      return Text("a parameter of \(left) cannot take values of \(right)", zh: "形状为 \(left) 的参数不能取 \(right) 的值")
    default:
      return Text(
        "\(name(operation)): shapes \(left) and \(right) do not go together",
        zh: "\(name(operation))：形状 \(left) 与 \(right) 不匹配")
    }
  }

  /// The first axis, counted from the end, on which two shapes disagree.
  private func notes(_ operation: String, _ left: Shape, _ right: Shape) -> [Text] {
    guard Self.broadcasting.contains(operation) else { return [] }
    for offset in 1...max(min(left.rank, right.rank), 1) where offset <= left.rank && offset <= right.rank {
      let (a, b) = (left[left.rank - offset], right[right.rank - offset])
      if a != b, a != 1, b != 1 {
        return [
          Text(
            "axis −\(offset) is \(a) on the left and \(b) on the right; sizes must be equal or 1",
            zh: "第 −\(offset) 轴左为 \(a)、右为 \(b)；须相等或为 1")
        ]
      }
    }
    return []
  }

  private func help(_ operation: String, _ left: Shape, _ right: Shape) -> [Diagnostic.Help] {
    guard let a = call.argumentText(0), let b = call.argumentText(1) else { return [] }
    let isMatMul = operation == "matmul"
    if isMatMul, right.rank == 2, left.last == right[1] { return [.init(code: "\(a) @ \(b).T")] }
    if isMatMul, left.rank == 2, right.rank > 0, left[0] == (right.rank > 1 ? right[right.rank - 2] : right[0]) {
      return [.init(code: "\(a).T @ \(b)")]
    }
    if left.count == right.count, Self.broadcasting.contains(operation) || operation == "set" {
      let sizes = left.dimensions.map(String.init).joined(separator: ", ")
      return [.init(code: "\(b).reshape(\(sizes))", Text("to give it the left side's shape", zh: "使其与左边同形"))]
    }
    return []
  }

  // MARK: Words

  private static let broadcasting: Set<String> = [
    "add", "subtract", "multiply", "divide", "floor_divide", "remainder", "pow", "maximum", "minimum", "where", "equal",
    "not_equal", "less", "less_equal", "greater", "greater_equal", "and", "or",
  ]

  private static let symbols: [String: String] = [
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "floor_divide": "//", "remainder": "%", "equal": "==",
    "not_equal": "!=", "less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=", "matmul": "@",
    "gradient": "grad", "mask": "x[mask]", "index": "x[…]", "index assignment": "x[…] =",
  ]

  private func name(_ operation: String) -> String {
    if operation == "pow", call.name == "**" { return "**" }
    return Self.symbols[operation] ?? operation
  }

  private func same(_ value: some CustomStringConvertible) -> Text {
    Text(value.description, zh: value.description)
  }

  private func conversion(to needs: String) -> [Diagnostic.Help] {
    let text = call.argumentText(0) ?? "x"
    if needs.hasPrefix("i64") { return [.init(code: "int(\(text))")] }
    if needs == "f32" { return [.init(code: "float(\(text))")] }
    return []
  }

  private func size(_ bytes: Int) -> String {
    if bytes == .max { return "> 8 EB" }
    let gigabytes = Double(bytes) / 1e9
    if gigabytes >= 1000 { return "\(NumberText.fixed(gigabytes / 1000, 0)) TB" }
    return gigabytes < 1 ? "\(NumberText.fixed(gigabytes * 1000, 0)) MB" : "\(NumberText.fixed(gigabytes, 1)) GB"
  }
}
