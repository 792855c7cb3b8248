// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// Whether both are equal; whole and floating-point numbers compare by value, functions and hosts by identity or as
  /// the host says.
  public func equals(_ other: Value) -> Bool { (try? equals(other, pause: {})) ?? false }

  /// The same; `pause` is called now and then in large values, and may throw.
  func equals(_ other: Value, pause: () throws -> Void) throws -> Bool {
    switch (self, other) {
    case (.nothing, .nothing): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.string(let a), .string(let b)): return a == b
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): return try Self.equal(a, b, pause)
    case (.record(let a), .record(let b)): return try a.names == b.names && Self.equal(a.values, b.values, pause)
    case (.function(let a as UserFunction), .function(let b as UserFunction)): return a.isSame(as: b)
    case (.function(let a), .function(let b)): return a === b
    case (.host(let a), .host(let b)): return a.equals(b)
    default:
      guard let a = plainNumber, let b = other.plainNumber else { return false }
      return a == b
    }
  }

  private static func equal(_ a: [Value], _ b: [Value], _ pause: () throws -> Void) throws -> Bool {
    guard a.count == b.count else { return false }
    try pause()
    for index in a.indices where try !a[index].equals(b[index], pause: pause) { return false }
    return true
  }

  /// The number that a number or truth value stands for.
  var plainNumber: Double? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .int(let number): Double(number)
    case .float(let number): number
    case .host(let object) where object.isNumber: object.number
    default: nil
    }
  }

  /// A number as it is, a truth value as 0 or 1; nil for anything else.
  var asNumber: Value? {
    switch self {
    case .bool(let flag): .int(flag ? 1 : 0)
    case .int, .float: self
    case .host(let object) where object.isNumber: object.number.map { .float($0) }
    default: nil
    }
  }

  /// The number that a value stands for in format specs and progress lines: also a tensor of one element.
  public var number: Double? {
    if case .host(let object) = self { object.number } else { plainNumber }
  }

  /// Whether it can be called.
  public var isCallable: Bool {
    switch self {
    case .function: true
    case .host(let object): object.isCallable
    default: false
    }
  }

  /// How many elements there are, when that is known without looking at each.
  var knownCount: Int? {
    switch self {
    case .tuple(let items), .list(let items): items.count
    case .record(let record): record.count
    case .host(let object): object.length
    default: nil
    }
  }
}
