// SPDX-License-Identifier: Apache-2.0
import CProcessor

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence

@inline(__always)
private func compared(
  _ name: StaticString, _ a: Tensor, _ b: Tensor, _ comparison: KernelComparison, _ integers: (Int64, Int64) -> Bool
) throws(TensorError) -> Tensor {
  if a.dtype == .float32 || b.dtype == .float32 {
    return try compared(comparison, named: name, a.floats(), b.floats())
  }
  let (x, y) = (try a.converted(to: .int64), try b.converted(to: .int64))
  return try combined(name.description, x, y, of: Int64.self, into: .bool, Bool.self) {
    (x, y) throws(TensorError) in integers(x, y)
  }
}

extension Tensor {
  /// Where two tensors are equal, element by element, broadcasting.
  public static func .== (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("equal", a, b, .equal, ==)
  }
  /// Where two tensors differ, element by element, broadcasting.
  public static func .!= (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("not_equal", a, b, .notEqual, !=)
  }
  /// Where the left is smaller, element by element, broadcasting.
  public static func < (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("less", a, b, .less, <)
  }
  /// Where the left is smaller or equal, element by element, broadcasting.
  public static func <= (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("less_equal", a, b, .lessOrEqual, <=)
  }
  /// Where the left is larger, element by element, broadcasting.
  public static func > (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("greater", a, b, .greater, >)
  }
  /// Where the left is larger or equal, element by element, broadcasting.
  public static func >= (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try compared("greater_equal", a, b, .greaterOrEqual, >=)
  }
}

@inline(__always)
private func truths(
  _ operation: String, _ a: Tensor, _ b: Tensor, _ rule: (Bool, Bool) -> Bool
) throws(TensorError) -> Tensor {
  let (x, y) = (try a.converted(to: .bool), try b.converted(to: .bool))
  return try combined(operation, x, y, of: Bool.self, into: .bool, Bool.self) { (x, y) throws(TensorError) in
    rule(x, y)
  }
}

/// Where both are true (not zero), element by element, broadcasting.
public func logicalAnd(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  try truths("and", a, b) { $0 && $1 }
}

/// Where at least one is true (not zero), element by element, broadcasting.
public func logicalOr(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  try truths("or", a, b) { $0 || $1 }
}

/// Where the elements are false (zero).
public func logicalNot(_ x: Tensor) throws(TensorError) -> Tensor {
  try Tensor(x.booleans().map { !$0 }, shape: x.shape)
}

/// Elements of `a` where the condition is true, of `b` elsewhere; all three broadcast.
///
/// Gradients flow to the side that was taken.
public func select(where condition: Tensor, _ a: Tensor, otherwise b: Tensor) throws(TensorError) -> Tensor {
  let isInteger = a.dtype != .float32 && b.dtype != .float32
  let type: DType = isInteger ? (a.dtype == b.dtype ? a.dtype : .int64) : .float32
  guard let outer = Shape.broadcast(a.shape, b.shape) else {
    throw .mismatch(operation: "where", left: a.shape, right: b.shape)
  }
  guard let shape = Shape.broadcast(outer, condition.shape) else {
    throw .mismatch(operation: "where", left: condition.shape, right: outer)
  }
  let mask = try condition.converted(to: .bool).broadcast(to: shape)
  let x = try a.converted(to: type).broadcast(to: shape)
  let y = try b.converted(to: type).broadcast(to: shape)
  let result = try picked(mask, x, y)
  return result.recorded("where", x, y) { (node, g) throws(TensorError) in
    let zero = try Tensor.zeros(shape)
    return [
      node.needs(0) ? try select(where: mask, g, otherwise: zero) : nil,
      node.needs(1) ? try select(where: mask, zero, otherwise: g) : nil,
    ]
  }
}

/// `select` of three tensors of one shape.
private func picked(_ mask: Tensor, _ x: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
  func pick<Element>(_ type: Element.Type) throws(TensorError) -> Tensor {
    let left = x.storage.bytes.assumingMemoryBound(to: Element.self)
    let right = y.storage.bytes.assumingMemoryBound(to: Element.self)
    return try mask.withBooleans { (taken) throws(TensorError) in
      try .making(x.shape, x.dtype, of: Element.self) { (out) throws(TensorError) in
        for i in 0..<x.count { out[i] = taken[i] ? left[i] : right[i] }
      }
    }
  }
  return switch x.dtype {
  case .float32: try pick(Float.self)
  case .int64: try pick(Int64.self)
  case .bool: try pick(Bool.self)
  }
}
