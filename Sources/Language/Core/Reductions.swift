// SPDX-License-Identifier: Apache-2.0

extension CoreBuiltins {
  static let reductions: [Builtin] = [sum, mean, least, greatest, some, every]

  private static let numbers = Text("The elements.", zh: "元素序列。")

  private static let sum = Builtin(
    "sum", .function, in: .math, Text("The sum of the elements.", zh: "元素之和。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("sum([1, 2, 3])", shows: "6")]
  ) { call, xs in
    let values = try call.iterate(xs.source)
    var total = Value.int(0)
    while let value = try values.next() { total = try call.binary(.add, total, value) }
    return total
  }

  private static let mean = Builtin(
    "mean", .function, in: .math, Text("The mean of the elements.", zh: "元素的平均值。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("mean([1, 2, 6])", shows: "3")]
  ) { call, xs in
    let values = try xs.values(in: call)
    guard let first = values.first else { throw empty("mean") }
    let total = try values.dropFirst().reduce(first) { try call.binary(.add, $0, $1) }
    return try call.binary(.divide, total, .int(values.count))
  }

  private static let least = Builtin(
    "min", .function, in: .math, Text("The smallest element.", zh: "最小的元素。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("min([3, 1, 2])", shows: "1")]
  ) { call, xs in try extreme("min", xs, .less, call) }

  private static let greatest = Builtin(
    "max", .function, in: .math, Text("The largest element.", zh: "最大的元素。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("max([3, 1, 2])", shows: "3")]
  ) { call, xs in try extreme("max", xs, .greater, call) }

  private static let some = Builtin(
    "any", .function, in: .math, Text("Whether any element counts as true.", zh: "是否有元素为真。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("any([x > 2 for x in [1, 2, 3]])", shows: "True")]
  ) { call, xs in
    let values = try call.iterate(xs.source)
    while let value = try values.next() {
      if try call.truth(of: value) { return true }
    }
    return false
  }

  private static let every = Builtin(
    "all", .function, in: .math, Text("Whether all elements count as true.", zh: "是否所有元素都为真。"),
    Parameter<IterableArgument>("xs", numbers), examples: [Example("all([x > 2 for x in [1, 2, 3]])", shows: "False")]
  ) { call, xs in
    let values = try call.iterate(xs.source)
    while let value = try values.next() {
      if try !call.truth(of: value) { return false }
    }
    return true
  }

  private static func extreme(
    _ name: String, _ xs: IterableArgument, _ symbol: BinaryOperator, _ call: Call
  ) throws -> Value {
    let values = try xs.values(in: call)
    guard var best = values.first else { throw empty(name) }
    for value in values.dropFirst() where try call.truth(of: call.binary(symbol, value, best)) { best = value }
    return best
  }

  private static func empty(_ name: String) -> Diagnostic {
    Diagnostic(.value, Text("\(name) of nothing", zh: "\(name) 的序列为空"), labels: [.init(.position(0))])
  }
}
