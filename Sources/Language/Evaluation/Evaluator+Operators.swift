// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// `left op right`.
  func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)): return try Arithmetic.binary(symbol, a, b)
    case (.float(let a), .float(let b)): return try Arithmetic.binary(symbol, a, b)
    case (.int(let a), .float(let b)): return try Arithmetic.binary(symbol, Double(a), b)
    case (.float(let a), .int(let b)): return try Arithmetic.binary(symbol, a, Double(b))
    case (.host(let object), _):
      if let result = try object.binary(symbol, right, reversed: false, hostCall(symbol.rawValue)) { return result }
    default: break
    }
    if case .host(let object) = right,
      let result = try object.binary(symbol, left, reversed: true, hostCall(symbol.rawValue))
    {
      return result
    }
    if let result = try ordinary(symbol, left, right) { return result }
    throw OperatorMistake.undefined(symbol, left, right)
  }

  /// Operators of everything but numbers and hosts.
  private func ordinary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value? {
    switch symbol {
    case .equal: return .bool(try equal(left, right))
    case .notEqual: return .bool(try !equal(left, right))
    case .and: return try truth(of: left) ? right : left
    case .or: return try truth(of: left) ? left : right
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return try order(left, right).map { .bool(symbol.holds(for: $0)) }
    default: break
    }
    if let (a, b) = (left.asNumber, right.asNumber) as? (Value, Value) { return try binary(symbol, a, b) }
    return try Sequences.binary(symbol, left, right)
  }

  /// -1, 0 or 1 for values that have an order; nil for others.
  private func order(_ left: Value, _ right: Value) throws -> Int? {
    switch (left, right) {
    case (.string(let a), .string(let b)): return a < b ? -1 : (a == b ? 0 : 1)
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      for (x, y) in zip(a, b) where try !equal(x, y) {
        if try truth(of: binary(.less, x, y)) { return -1 }
        return 1
      }
      return a.count < b.count ? -1 : (a.count == b.count ? 0 : 1)
    default:
      guard let a = left.plainNumber, let b = right.plainNumber else { return nil }
      return a < b ? -1 : (a == b ? 0 : 1)
    }
  }

  private func equal(_ left: Value, _ right: Value) throws -> Bool { try left.equals(right, pause: checkInterruption) }

  private func characters(of text: String) -> ValueIterator {
    var rest = text[...]
    return ValueIterator { rest.popFirst().map { .string(String($0)) } }
  }

  /// `op operand`.
  func unary(_ symbol: UnaryOperator, _ operand: Value) throws -> Value {
    if case .host(let object) = operand, let result = try object.unary(symbol, hostCall(symbol.rawValue)) {
      return result
    }
    if symbol == .not { return .bool(try !truth(of: operand)) }
    switch operand.asNumber {
    case .int(let number):
      guard symbol == .negative else { return .int(number) }
      let (result, overflow) = (0).subtractingReportingOverflow(number)
      guard !overflow else { throw Arithmetic.overflow("-(\(number))", "-float(\(number))") }
      return .int(result)
    case .float(let number): return .float(symbol == .negative ? -number : number)
    default: throw OperatorMistake.undefined(symbol, operand)
    }
  }

  /// One step of a comparison.
  func compare(_ symbol: ComparisonOperator, _ left: Value, _ right: Value) throws -> Value {
    switch symbol {
    case .relation(let symbol): try binary(symbol, left, right)
    case .contained: .bool(try contains(right, left))
    case .notContained: .bool(try !contains(right, left))
    }
  }

  /// Whether `value` is in `container`.
  private func contains(_ container: Value, _ value: Value) throws -> Bool {
    switch container {
    case .list(let items), .tuple(let items): return try items.contains { try equal($0, value) }
    case .string(let text):
      guard case .string(let part) = value else { break }
      return Sequences.contains(text, part)
    case .record(let record):
      guard case .string(let name) = value else { break }
      return record.names.contains(name)
    case .host(let object):
      if let answer = try object.contains(value, hostCall("in")) { return answer }
      let values = try iterator(over: container)
      while let next = try values.next() {
        if try equal(next, value) { return true }
      }
      return false
    default: break
    }
    throw OperatorMistake.notContainer(container, value)
  }

  // MARK: Truth and iteration

  /// Whether a value counts as true.
  func truth(of value: Value) throws -> Bool {
    switch value {
    case .nothing: false
    case .bool(let flag): flag
    case .int(let number): number != 0
    case .float(let number): number != 0
    case .string(let text): !text.isEmpty
    case .tuple(let items), .list(let items): !items.isEmpty
    case .record(let record): record.count > 0
    case .function: true
    case .host(let object): try object.truth(hostCall("bool"))
    }
  }

  /// The values of `for v in value`.
  func iterator(over value: Value) throws -> ValueIterator {
    switch value {
    case .tuple(let items), .list(let items): return ValueIterator(items)
    case .record(let record): return ValueIterator(record.names.map { .string($0) })
    case .string(let text): return characters(of: text)
    case .host(let object):
      if let iterator = try object.iterator(hostCall("for")) { return iterator }
    default: break
    }
    throw OperatorMistake.notIterable(value)
  }
}

extension BinaryOperator {
  /// Whether an order satisfies the relation.
  func holds(for order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .equal: order == 0
    default: order != 0
    }
  }
}
