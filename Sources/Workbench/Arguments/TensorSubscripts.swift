// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// The brackets behind a tensor, from the language to the engine.
enum TensorSubscripts {
  static func converted(_ subscripts: [Language.Subscript]) throws -> [Tensors.Subscript] {
    try subscripts.map { part in
      switch part {
      case .ellipsis: .ellipsis
      case .index(.nothing): .newAxis
      case .index(let value): .index(try whole(value))
      case .slice(nil, nil, nil): .all
      case .slice(let start, let stop, let step):
        .range(from: try start.map(whole), to: try stop.map(whole), step: try step.map(whole) ?? 1)
      }
    }
  }

  /// A tensor of truth values of the tensor's own shape.
  static func mask(_ value: Value, for tensor: Tensor) throws -> Tensor? {
    guard let mask = Tensor.convert(value), mask.dtype == .bool else { return nil }
    guard mask.shape == tensor.shape else {
      throw TensorError.mismatch(operation: "index", left: tensor.shape, right: mask.shape)
    }
    return mask
  }

  /// A list or a tensor of positions along the first axis.
  static func places(_ value: Value) throws -> Tensor? {
    if let tensor = Tensor.convert(value), tensor.dtype == .int64, tensor.rank == 1 { return tensor }
    guard case .list = value, let list = [Int].convert(value) else { return nil }
    return try Tensor(list.map { Int64($0) }, shape: [list.count])
  }

  private static func whole(_ value: Value) throws -> Int {
    if let number = Int.convert(value) { return number }
    if let tensor = Tensor.convert(value), tensor.dtype == .int64, tensor.count == 1 {
      return Int(tensor.integers()[0])
    }
    throw TensorFault.index(value.typeName)
  }
}
