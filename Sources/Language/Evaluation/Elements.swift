// SPDX-License-Identifier: Apache-2.0

/// Indices and slices of lists, tuples, strings and records, by Python's rules.
enum Elements {
  /// One element, or the elements of a slice put together again.
  static func read(
    _ items: [Value], _ subscripts: [Subscript], _ type: String, slice: ([Value]) -> Value
  ) throws(Diagnostic) -> Value {
    switch try single(subscripts, type) {
    case .index(let index): return items[try position(of: index, in: items.count, type)]
    case .ellipsis: return slice(items)
    case .slice(let start, let stop, let step):
      let range = try Slice(start, stop, step, count: items.count)
      return slice(range.positions.map { items[$0] })
    }
  }

  /// The items with one element, or a slice without step, replaced.
  static func replace(_ items: inout [Value], _ subscripts: [Subscript], with value: Value) throws {
    switch try single(subscripts, "list") {
    case .index(let index): items[try position(of: index, in: items.count, "list")] = value
    case .ellipsis, .slice(nil, nil, nil): items = try replacement(value)
    case .slice(let start, let stop, let step):
      let range = try Slice(start, stop, step, count: items.count)
      let values = try replacement(value)
      if range.step == 1 {
        items.replaceSubrange(range.first..<max(range.first, range.end), with: values)
        return try Limits.check(items: items.count)
      }
      guard values.count == range.positions.count else {
        throw Diagnostic(
          .value,
          Text(
            "\(range.positions.count) elements cannot become \(values.count)",
            zh: "\(range.positions.count) 个元素不能换成 \(values.count) 个"))
      }
      for (position, value) in zip(range.positions, values) { items[position] = value }
    }
  }

  private static func replacement(_ value: Value) throws(Diagnostic) -> [Value] {
    switch value {
    case .list(let items), .tuple(let items): return items
    default:
      throw Diagnostic(
        .type, Text("a slice can only become a list, not \(value.typeName)", zh: "切片只能换成列表，不能是 \(value.typeName)"))
    }
  }

  private static func single(_ subscripts: [Subscript], _ type: String) throws(Diagnostic) -> Subscript {
    guard let first = subscripts.first, subscripts.count == 1 else {
      throw Diagnostic(
        .index, Text("a \(type) has one axis, not \(subscripts.count)", zh: "\(type) 只有一个轴，不是 \(subscripts.count) 个"),
        help: [.init(Text("one pair of brackets for each: x[i][j]", zh: "每层一对方括号：x[i][j]"))])
    }
    return first
  }

  /// The position of an index, counted from the end when negative.
  static func position(of index: Value, in count: Int, _ type: String) throws(Diagnostic) -> Int {
    guard case .int(let number) = index else {
      throw Diagnostic(
        .type, Text("an index is a whole number, not \(index.typeName)", zh: "索引必须是整数，不能是 \(index.typeName)"),
        labels: [.init(.position(1), Text(index.typeName, zh: index.typeName))])
    }
    let position = number < 0 ? number &+ count : number
    guard (0..<count).contains(position) else {
      let range = count == 0 ? "" : ": 0 … \(count - 1)"
      throw Diagnostic(
        .index,
        Text(
          "\(number) is outside the \(type) of \(count) \(count == 1 ? "item" : "items")\(range)",
          zh: "\(number) 超出范围：\(type) 有 \(count) 项\(range)"), labels: [.init(.position(1))])
    }
    return position
  }

  static func noField(_ name: String, in record: Record) -> Diagnostic {
    let names = record.names.joined(separator: ", ")
    return Diagnostic(
      .index, Text("the record has no field \"\(name)\"", zh: "记录没有字段 “\(name)”"),
      labels: [.init(.position(1))], notes: [Text("it has: \(names)", zh: "可用的字段：\(names)")],
      help: Suggestions.closest(to: name, in: record.names).map { [.init(replacing: .position(1), by: "\"\($0)\"")] }
        ?? []
    )
  }
}

/// The bounds of a slice, made to fit.
struct Slice {
  let first: Int
  let end: Int
  let step: Int

  init(_ start: Value?, _ stop: Value?, _ step: Value?, count: Int) throws(Diagnostic) {
    let step = try Self.bound(step) ?? 1
    guard step != 0 else {
      throw Diagnostic(.value, Text("the step of a slice cannot be 0", zh: "切片的步长不能为 0"))
    }
    self.step = step
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? count : count - 1
    func fitted(_ bound: Int) -> Int { min(max(bound < 0 ? bound &+ count : bound, lowest), highest) }
    first = try Self.bound(start).map(fitted) ?? (step > 0 ? lowest : highest)
    end = try Self.bound(stop).map(fitted) ?? (step > 0 ? highest : lowest)
  }

  private static func bound(_ value: Value?) throws(Diagnostic) -> Int? {
    switch value {
    case nil, .nothing: return nil
    // Clamped so that adding a count cannot overflow.
    case .int(let number): return min(max(number, -(1 << 62)), 1 << 62)
    case let value?:
      throw Diagnostic(
        .type,
        Text("the bounds of a slice are whole numbers, not \(value.typeName)", zh: "切片的边界必须是整数，不能是 \(value.typeName)"))
    }
  }

  /// The positions that the slice takes, in order.
  var positions: StrideTo<Int> { stride(from: first, to: end, by: step) }
}

extension StrideTo<Int> {
  fileprivate var count: Int { underestimatedCount }
}
