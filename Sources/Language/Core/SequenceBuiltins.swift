// SPDX-License-Identifier: Apache-2.0

extension CoreBuiltins {
  static let sequences: [Builtin] = [length, range, reversed, enumerate, zip, map, list, sort]

  private static let length = Builtin(
    "len", .function, in: .values, Text("How many elements a value has.", zh: "元素个数。"),
    Parameter<Value>("x", Text("A list, a string, a tensor, a data set.", zh: "列表、字符串、张量或数据集。")),
    examples: [Example("len([1, 2, 3])", shows: "3")]
  ) { call, x in
    if case .string(let text) = x { return text.count }
    guard let count = x.knownCount else {
      throw Diagnostic(
        .type, Text("\(x.typeName) has no length", zh: "\(x.typeName) 没有长度"),
        labels: [.init(.position(0), Text(x.typeName, zh: x.typeName))])
    }
    return count
  }

  private static let range = Builtin(
    "range", .function, in: .values, Text("The whole numbers from 0 to n - 1.", zh: "从 0 到 n - 1 的整数。"),
    Parameter<Int>("n", Text("How many, or the first number when a second follows.", zh: "个数；若有第二个参数则为起点。")),
    Parameter<Int?>("stop", Text("The bound, which is not reached.", zh: "终点（不含）。"), default: .nothing),
    Parameter<Int>("step", Text("The distance between two.", zh: "步长。"), default: 1),
    examples: [
      Example("list(range(4))", shows: "[0, 1, 2, 3]"), Example("list(range(10, 0, -3))", shows: "[10, 7, 4, 1]"),
    ]
  ) { _, n, stop, step in try RangeObject(stop == nil ? 0 : n, stop ?? n, step: step) }

  private static let reversed = Builtin(
    "reversed", .function, in: .values, Text("The elements from the last to the first.", zh: "倒序排列的元素。"),
    Parameter<IterableArgument>("xs", Text("What to turn round.", zh: "要倒序的序列。")),
    examples: [Example("reversed([1, 2, 3])", shows: "[3, 2, 1]")]
  ) { call, xs in Value.list(try xs.values(in: call).reversed()) }

  private static let enumerate = Builtin(
    "enumerate", .function, in: .values, Text("Pairs of a number and an element.", zh: "编号与元素组成的对。"),
    Parameter<Value>("xs", Text("What to number.", zh: "要编号的序列。")),
    Parameter<Int>("start", Text("The first number.", zh: "起始编号。"), default: 0),
    examples: [Example("for i, x in enumerate([\"a\", \"b\"]) { print(i, x) }", shows: "1 b")]
  ) { call, xs, start in
    let count = try call.iterate(xs).count
    return SequenceObject("enumerate", count: count) { call in
      let values = try call.iterate(xs)
      var number = start
      return ValueIterator(count: count) {
        guard let value = try values.next() else { return nil }
        defer { number &+= 1 }
        return try Value.tuple([.int(number), value]).checkedNesting()
      }
    }
  }

  private static let zip = Builtin(
    "zip", .function, in: .values, Text("Tuples of elements that stand at the same place.", zh: "由相同位置的元素组成的元组。"),
    Parameter<Rest<Value>>("xs", Text("Sequences; the shortest one decides how many.", zh: "若干序列；以最短的为准。")),
    examples: [Example("list(zip([1, 2], [\"a\", \"b\"]))", shows: "[(1, \"a\"), (2, \"b\")]")]
  ) { call, xs in
    let counts = try xs.elements.map { try call.iterate($0).count }
    let count = counts.contains { $0 == nil } ? nil : counts.compactMap(\.self).min() ?? 0
    return SequenceObject("zip", count: count) { call in
      let iterators = try xs.elements.map { try call.iterate($0) }
      return ValueIterator(count: count) {
        var row: [Value] = []
        for iterator in iterators {
          guard let value = try iterator.next() else { return nil }
          row.append(value)
        }
        return row.isEmpty ? nil : try Value.tuple(row).checkedNesting()
      }
    }
  }

  private static let map = Builtin(
    "map", .function, in: .values, Text("A function applied to each element.", zh: "对每个元素应用函数。"),
    Parameter<IterableArgument>("xs", Text("The elements.", zh: "元素序列。")),
    Parameter<FunctionArgument>("f", Text("What to do with each.", zh: "要应用的函数。")),
    examples: [Example("list(map([1, 2, 3], x -> x * 2))", shows: "[2, 4, 6]")]
  ) { call, xs, f in
    let count = try call.iterate(xs.source).count
    return SequenceObject("map", count: count) { call in
      let values = try call.iterate(xs.source)
      return ValueIterator(count: count) { try values.next().map { try f($0, in: call) } }
    }
  }

  private static let list = Builtin(
    "list", .function, in: .values, Text("A list of the elements.", zh: "由各元素组成的列表。"),
    Parameter<Value>("xs", Text("Anything that for can go through.", zh: "任何可以用 for 遍历的值。"), default: .list([])),
    examples: [Example("list(range(3))", shows: "[0, 1, 2]")]
  ) { call, xs in try Value.list(IterableArgument.collect(call.iterate(xs))).checkedNesting() }

  private static let sort = Builtin(
    "sort", .function, in: .values, Text("The elements from the smallest to the largest.", zh: "从小到大排序的元素。"),
    Parameter<IterableArgument>("xs", Text("Numbers or strings.", zh: "数字或字符串。")),
    Parameter<Bool>("reverse", Text("Whether the largest comes first.", zh: "是否从大到小。"), default: false),
    Parameter<FunctionArgument?>("key", Text("What to compare of each element.", zh: "比较时使用的函数。"), default: .nothing),
    aliases: ["sorted"], examples: [Example("sort([3, 1, 2])", shows: "[1, 2, 3]")]
  ) { call, xs, reverse, key in
    let values = try xs.values(in: call)
    let keys = try key.map { key in try values.map { try key($0, in: call) } } ?? values
    var comparisons = 0
    let order = try keys.indices.sorted { left, right in
      comparisons &+= 1
      if comparisons & 4095 == 0 { try call.checkInterruption() }
      return try call.truth(of: call.binary(.less, keys[left], keys[right]))
    }
    return Value.list((reverse ? order.reversed() : order).map { values[$0] })
  }
}
