// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Numbers in lists in lists, as `tensor` takes them.
struct NestedNumbers {
  private var shape: [Int] = []
  private var numbers: [Value] = []

  /// How deep lists may lie in each other; a tensor of more axes helps nobody.
  private static let depthLimit = 16

  /// The tensor of a number, or of lists of equal lengths: whole numbers make integers, a single fraction makes all
  /// floats, truth values alone stay truth values.
  static func tensor(_ value: Value) throws -> Tensor {
    if let tensor = Tensor.convert(value) { return tensor.detached() }
    var nested = NestedNumbers()
    try nested.read(value, depth: 0)
    return try nested.tensor()
  }

  private mutating func read(_ value: Value, depth: Int) throws {
    switch value {
    case .list(let items), .tuple(let items):
      guard depth < Self.depthLimit else { throw DataFault.nestedTooDeep }
      if depth == shape.count {
        guard numbers.isEmpty else { throw DataFault.ragged(items.count, 0) }
        shape.append(items.count)
      } else if shape[depth] != items.count {
        throw DataFault.ragged(shape[depth], items.count)
      }
      for item in items { try read(item, depth: depth + 1) }
    case .int, .float, .bool:
      guard depth == shape.count else { throw DataFault.ragged(shape[depth], 0) }
      numbers.append(value)
    case .host(let object) where object.isNumber: try read(.float(object.number ?? .nan), depth: depth)
    case .host:
      guard let tensor = Tensor.convert(value) else { throw TensorFault.notNumbers(value.typeName) }
      try read(list(of: tensor), depth: depth)
    default:
      throw TensorFault.notNumbers(value.typeName)
    }
  }

  private func tensor() throws -> Tensor {
    let shape = Shape(shape)
    if numbers.allSatisfy({ if case .bool = $0 { true } else { false } }), !numbers.isEmpty {
      return try Tensor(numbers.map { Bool.convert($0) ?? false }, shape: shape)
    }
    if numbers.contains(where: { if case .float = $0 { true } else { false } }) || numbers.isEmpty {
      return try Tensor(numbers.map { Float(number($0)) }, shape: shape)
    }
    return try Tensor(
      numbers.map { if case .int(let whole) = $0 { Int64(whole) } else { Int64(number($0)) } }, shape: shape)
  }

  private func number(_ value: Value) -> Double {
    switch value {
    case .int(let number): Double(number)
    case .float(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: 0
    }
  }

  /// The elements of a tensor as numbers in lists in lists.
  static func list(of tensor: Tensor) -> Value {
    let elements: [Value] =
      switch tensor.dtype {
      case .float32: tensor.scalars().map { .float(Double($0)) }
      case .int64: tensor.integers().map { .int(Int($0)) }
      case .bool: tensor.booleans().map { .bool($0) }
      }
    return folded(elements[...], tensor.shape.dimensions[...])
  }

  private func list(of tensor: Tensor) -> Value { Self.list(of: tensor) }

  private static func folded(_ elements: ArraySlice<Value>, _ shape: ArraySlice<Int>) -> Value {
    guard let count = shape.first else { return elements.first ?? .nothing }
    let step = count == 0 ? 0 : elements.count / count
    return .list(
      (0..<count).map { index in
        let start = elements.startIndex + index * step
        return folded(elements[start..<(start + step)], shape.dropFirst())
      })
  }
}
