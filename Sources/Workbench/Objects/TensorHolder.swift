// SPDX-License-Identifier: Apache-2.0
public import Language
public import Tensors

/// A host object that stands for a tensor in expressions.
public protocol TensorHolder: HostObject {
  /// The tensor.
  var tensor: Tensor { get }
}

extension TensorHolder {
  /// As in `Tensor [64, 100] f32 …`.
  public func line(_ context: DisplayContext) -> String {
    TensorLine(tensor, kind: Self.typeName, context).line
  }

  /// The line, and the values when there are few.
  public func display(_ context: DisplayContext) -> Display {
    TensorDisplay.display(tensor, kind: Self.typeName, context)
  }

  /// The shape, for labels of diagnostics.
  public var brief: String { tensor.shape.description }

  /// `and`, `or` and `not` act on each element.
  public var isElementwise: Bool { true }

  /// The size of the first axis.
  public var length: Int? { tensor.shape.dimensions.first }

  /// The number, when there is just one.
  public var number: Double? { tensor.count == 1 ? try? tensor.item() : nil }

  /// Whether the only element is not zero; several elements have no truth.
  public func truth(_ call: Call) throws -> Bool {
    guard tensor.count == 1 else { throw TensorFault.truth(tensor.shape) }
    return try tensor.item() != 0
  }

  /// Equal shapes and elements.
  public func equals(_ other: any HostObject) -> Bool {
    guard let other = other as? any TensorHolder, other.tensor.shape == tensor.shape else { return false }
    return other.tensor.scalars() == tensor.scalars()
  }

  /// The parts along the first axis, one after the other.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    guard let count = length else { throw TensorFault.iteration }
    var index = 0
    let tensor = tensor
    return ValueIterator(count: count) {
      guard index < count else { return nil }
      defer { index += 1 }
      return try tensor.sliced([.index(index)]).value
    }
  }

  // MARK: Operators

  /// `self op other`, element by element.
  public func binary(_ symbol: BinaryOperator, _ other: Value, reversed: Bool, _ call: Call) throws -> Value? {
    if symbol == .power, !reversed {
      switch other {
      case .int(let exponent): return try pow(tensor, exponent).value
      case .float(let exponent): return try pow(tensor, exponent).value
      default: break
      }
    }
    guard let operand = try TensorOperand.tensor(of: other) else { return nil }
    return try (reversed ? combined(symbol, operand, tensor) : combined(symbol, tensor, operand)).value
  }

  /// `op self`, element by element.
  public func unary(_ symbol: UnaryOperator, _ call: Call) throws -> Value? {
    switch symbol {
    case .negative: try (-tensor).value
    case .positive: .host(self)
    case .not: try logicalNot(tensor).value
    }
  }

  /// Whether a number is among the elements.
  public func contains(_ value: Value, _ call: Call) throws -> Bool? {
    guard let operand = try TensorOperand.tensor(of: value) else { return nil }
    return try any(tensor .== operand).booleans().first
  }

  // MARK: Subscripts

  /// `x[0:8, ..., 2]`, `x[mask]`, `x[[0, 3]]`.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    if subscripts.count == 1, case .index(let value) = subscripts[0] {
      if let mask = try TensorSubscripts.mask(value, for: tensor) { return try masked(tensor, where: mask).value }
      if let places = try TensorSubscripts.places(value) { return try take(tensor, indices: places).value }
    }
    return try tensor.sliced(TensorSubscripts.converted(subscripts)).value
  }

  /// The tensor with some elements replaced.
  func replacingElements(_ subscripts: [Language.Subscript], with value: Value) throws -> Tensor {
    guard let new = try TensorOperand.tensor(of: value) else { throw TensorFault.notNumbers(value.typeName) }
    if subscripts.count == 1, case .index(let index) = subscripts[0],
      let mask = try TensorSubscripts.mask(index, for: tensor)
    {
      return try select(where: mask, new, otherwise: tensor)
    }
    return try tensor.replacing(TensorSubscripts.converted(subscripts), with: new)
  }
}

private func combined(_ symbol: BinaryOperator, _ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  switch symbol {
  case .add: try a + b
  case .subtract: try a - b
  case .multiply: try a * b
  case .divide: try a / b
  case .floorDivide: try floorDivide(a, b)
  case .remainder: try remainder(a, b)
  case .power: try pow(a, b)
  case .matrixMultiply: try matmul(a, b)
  case .equal: try a .== b
  case .notEqual: try a .!= b
  case .less: try a < b
  case .lessOrEqual: try a <= b
  case .greater: try a > b
  case .greaterOrEqual: try a >= b
  case .and: try logicalAnd(a, b)
  case .or: try logicalOr(a, b)
  }
}
