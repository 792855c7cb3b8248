// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// Whether both are equal; whole and floating-point numbers compare by value, functions and hosts by identity or as
  /// the host says.
  public func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.nothing, .nothing): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): Self.equal(a, b)
    case (.record(let a), .record(let b)): a.names == b.names && Self.equal(a.values, b.values)
    case (.function(let a), .function(let b)): a === b
    case (.host(let a), .host(let b)): a.equals(b)
    default:
      if let a = plainNumber, let b = other.plainNumber { a == b } else { false }
    }
  }

  private static func equal(_ a: [Value], _ b: [Value]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
  }

  /// The number that a number or truth value stands for.
  var plainNumber: Double? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// A number as it is, a truth value as 0 or 1; nil for anything else.
  var asNumber: Value? {
    switch self {
    case .bool(let flag): .int(flag ? 1 : 0)
    case .int, .float: self
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
