// SPDX-License-Identifier: Apache-2.0
@testable import Language

/// A value-like host: numbers in a row, with elementwise operators.
final class Vector: HostObject {
  static let typeName = "Vector"
  static let fields: [Field<Vector>] = [
    Field("shape", Text("The length.", zh: "长度。")) { [$0.scalars.count] },
    Field("T", Text("Itself.", zh: "自身。")) { $0 },
  ]

  let scalars: [Double]

  init(_ scalars: [Double]) { self.scalars = scalars }

  var isReference: Bool { false }
  var isElementwise: Bool { true }
  var brief: String { "[\(scalars.count)]" }
  var length: Int? { scalars.count }
  var number: Double? { scalars.count == 1 ? scalars[0] : nil }

  func line(_ context: DisplayContext) -> String {
    "Vector [" + scalars.map { Value.float($0).literalText }.joined(separator: ", ") + "]"
  }

  func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  func iterator(_ call: Call) throws -> ValueIterator? { ValueIterator(scalars.map { .host(Vector([$0])) }) }

  func truth(_ call: Call) throws -> Bool {
    guard let number else {
      throw Diagnostic(
        .value, Text("a Vector of \(scalars.count) elements is neither true nor false", zh: "Vector 有多个元素，没有真假"),
        help: [.init(code: "any(x)"), .init(code: "all(x)")])
    }
    return number != 0
  }

  func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? {
    guard case .list(let items)? = try? call.evaluator.subscripted(.list(scalars.map { .float($0) }), subscripts) else {
      return try call.evaluator.subscripted(.list(scalars.map { .float($0) }), subscripts)
    }
    return .host(Vector(items.compactMap(\.number)))
  }

  func replacing(
    _ subscripts: [Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? {
    guard case .index(.int(let index))? = subscripts.first, scalars.indices.contains(index), let number = value.number
    else { return nil }
    var changed = scalars
    changed[index] = number
    return Vector(changed)
  }

  func unary(_ symbol: UnaryOperator, _ call: Call) throws -> Value? {
    switch symbol {
    case .negative: .host(Vector(scalars.map { -$0 }))
    case .positive: .host(self)
    case .not: .host(Vector(scalars.map { $0 == 0 ? 1 : 0 }))
    }
  }

  func binary(_ symbol: BinaryOperator, _ other: Value, reversed: Bool, _ call: Call) throws -> Value? {
    let right: [Double]
    switch other {
    case .host(let object as Vector): right = object.scalars
    default:
      guard let number = other.number else { return nil }
      right = Array(repeating: number, count: scalars.count)
    }
    guard right.count == scalars.count else { throw ToyError.lengths(scalars.count, right.count) }
    return .host(Vector(zip(scalars, right).map { reversed ? Self.apply(symbol, $1, $0) : Self.apply(symbol, $0, $1) }))
  }

  private static func apply(_ symbol: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch symbol {
    case .add: a + b
    case .subtract: a - b
    case .multiply, .matrixMultiply: a * b
    case .divide: a / b
    case .floorDivide: (a / b).rounded(.down)
    case .remainder: a.truncatingRemainder(dividingBy: b)
    case .power: a * a
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    }
  }
}

/// An error as a library below would throw it.
enum ToyError: Error { case lengths(Int, Int) }
