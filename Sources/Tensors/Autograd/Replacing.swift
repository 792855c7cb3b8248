// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// Takes over the elements of another tensor and stays the leaf it is; graphs recorded before keep the old elements.
  ///
  /// Throws when shapes or element types differ.
  public mutating func replaceElements(with other: Tensor) throws(TensorError) {
    guard other.shape == shape else { throw .mismatch(operation: "set", left: shape, right: other.shape) }
    guard other.dtype == dtype else { throw .wrongType(operation: "set", type: other.dtype, needs: "\(dtype)") }
    storage = other.storage
  }
}
