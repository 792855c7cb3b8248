// SPDX-License-Identifier: Apache-2.0

/// How a loss over many elements becomes one number.
public enum LossReduction: Sendable, Hashable, CaseIterable {
  /// The mean of the elements.
  case mean
  /// The sum of the elements.
  case sum
  /// The elements themselves.
  case none

  func applied(to x: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .mean: try Tensors.mean(x)
    case .sum: try Tensors.sum(x)
    case .none: x
    }
  }

  /// What the sum over so many elements is multiplied by.
  func scale(_ count: Int) -> Double { self == .mean ? 1 / Double(count) : 1 }
}

/// Losses never broadcast: [64] against [64, 1] would pair every element with every other.
func paired(_ operation: String, _ a: Tensor, _ b: Tensor) throws(TensorError) -> (Tensor, Tensor) {
  guard a.shape == b.shape else { throw .mismatch(operation: operation, left: a.shape, right: b.shape) }
  return (try a.floats(), try b.floats())
}

extension Tensor {
  /// This tensor times one number, which costs nothing when that is 1, as at the start of a backward pass.
  func scaled(by factor: Tensor) throws(TensorError) -> Tensor {
    if factor.count == 1, factor.node == nil, factor.storage.floats[0] == 1 { return self }
    return try self * factor
  }
}
