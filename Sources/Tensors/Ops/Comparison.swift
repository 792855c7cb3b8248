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
