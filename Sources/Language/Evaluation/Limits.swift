// SPDX-License-Identifier: Apache-2.0

/// How much a program may ask for, so that a slip of the finger ends in an error and not in a full memory.
public enum Limits {
  /// The most items of a list, tuple or record.
  public static let items = 10_000_000
  /// The most bytes of a string.
  public static let stringBytes = 10_000_000
  /// The deepest nesting of lists, records and functions in each other.
  static let nesting = 1_000
  /// The most calls of functions in each other.
  static let calls = 1_000

  static let tooDeep = Diagnostic(
    .value, Text("values nested more than \(nesting) deep", zh: "值的嵌套超过 \(nesting) 层"),
    help: [.init(Text("collect the values in one list: xs = xs + [x]", zh: "把值放进同一个列表：xs = xs + [x]"))])

  /// Throws when a list of `count` items would be too long; a nil count has overflowed.
  static func check(items count: Int?) throws(Diagnostic) {
    guard let count, count <= items else {
      throw Diagnostic(.value, Text("more than \(items) items in one list", zh: "一个列表超过 \(items) 项"))
    }
  }

  /// Throws when a string of `count` bytes would be too long; a nil count has overflowed.
  static func check(bytes count: Int?) throws(Diagnostic) {
    guard let count, count <= stringBytes else {
      throw Diagnostic(.value, Text("a string of more than 10 MB", zh: "字符串超过 10 MB"))
    }
  }
}

extension Value {
  /// How deep lists, records and functions are nested in it: 0 for a number.
  ///
  /// Looks no deeper than the limit, and at no more values than one list may have.
  var nesting: Int {
    var budget = Limits.items
    return nesting(below: Limits.nesting + 1, &budget)
  }

  private func nesting(below limit: Int, _ budget: inout Int) -> Int {
    guard limit > 0, budget > 0 else { return limit > 0 ? 0 : 1 }
    switch self {
    case .tuple(let items), .list(let items): return 1 + Self.deepest(items, below: limit - 1, &budget)
    case .record(let record): return 1 + Self.deepest(record.values, below: limit - 1, &budget)
    case .function(let function as UserFunction): return 1 + (function.captured.capturedNesting ?? 0)
    default: return 0
    }
  }

  private static func deepest(_ items: [Value], below limit: Int, _ budget: inout Int) -> Int {
    budget -= items.count
    var deepest = 0
    for item in items {
      guard budget > 0 else { break }
      deepest = max(deepest, item.nesting(below: limit, &budget))
    }
    return deepest
  }

  /// The value itself; throws when it is nested too deep or holds too many values in all.
  func checkedNesting() throws -> Value {
    var budget = Limits.items
    guard nesting(below: Limits.nesting + 1, &budget) <= Limits.nesting else { throw Limits.tooDeep }
    if budget <= 0 { try Limits.check(items: nil) }
    return self
  }
}
