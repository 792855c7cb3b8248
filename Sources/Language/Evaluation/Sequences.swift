// SPDX-License-Identifier: Apache-2.0

/// Strings, lists and tuples under `+` and `*`.
enum Sequences {
  /// The result; nil when the operator is not defined for them.
  static func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws(Diagnostic) -> Value? {
    switch (symbol, left, right) {
    case (.add, .string(let a), .string(let b)):
      try Limits.check(bytes: a.utf8.count + b.utf8.count)
      return .string(a + b)
    case (.add, .list(let a), .list(let b)): return .list(try joined(a, b))
    case (.add, .tuple(let a), .tuple(let b)): return .tuple(try joined(a, b))
    case (.multiply, let sequence, .int(let count)): return try repeated(sequence, count)
    case (.multiply, .int(let count), let sequence): return try repeated(sequence, count)
    default: return nil
    }
  }

  private static func joined(_ a: [Value], _ b: [Value]) throws(Diagnostic) -> [Value] {
    try Limits.check(items: a.count + b.count)
    return a + b
  }

  private static func repeated(_ sequence: Value, _ count: Int) throws(Diagnostic) -> Value? {
    let count = max(count, 0)
    switch sequence {
    case .string(let text):
      let (bytes, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
      try Limits.check(bytes: overflow ? nil : bytes)
      return .string(String(repeating: text, count: text.isEmpty ? 0 : count))
    case .list(let items): return .list(try repeated(items, count))
    case .tuple(let items): return .tuple(try repeated(items, count))
    default: return nil
    }
  }

  private static func repeated(_ items: [Value], _ count: Int) throws(Diagnostic) -> [Value] {
    let (total, overflow) = items.count.multipliedReportingOverflow(by: count)
    try Limits.check(items: overflow ? nil : total)
    guard total > 0 else { return [] }
    return Array(repeatElement(items, count: count).joined())
  }

  /// Whether one text is a part of another, byte by byte.
  static func contains(_ text: String, _ part: String) -> Bool {
    part.isEmpty || Array(text.utf8).contains(Array(part.utf8))
  }
}
