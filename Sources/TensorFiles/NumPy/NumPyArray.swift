// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// An array as NumPy stores it: raw bytes, the type of an element, and the shape.
///
/// Kept raw, because images of one byte a pixel would take four or eight times the memory as a tensor.
public struct NumPyArray: Sendable {
  /// What an element is.
  public let type: ElementType
  /// The size of each axis, outermost first.
  public let shape: Shape
  /// The elements in row-major order, least significant byte first.
  public let bytes: [UInt8]

  /// Describes bytes as an array.
  ///
  /// Throws when there are not as many bytes as the shape needs.
  public init(type: ElementType, shape: Shape, bytes: [UInt8]) throws(TensorFileError) {
    let (needed, overflow) = shape.count.multipliedReportingOverflow(by: type.size)
    guard shape.dimensions.allSatisfy({ $0 >= 0 }), !overflow, needed == bytes.count else {
      throw .malformed(format: "npy", what: "shape \(shape) needs other than \(bytes.count) bytes")
    }
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// The array of a tensor.
  public init(_ tensor: Tensor) {
    type = ElementType(tensor.dtype)
    shape = tensor.shape
    bytes = encoded(tensor)
  }

  /// The array as a tensor: floats of any precision as `float32`, whole numbers of any width as `int64`.
  ///
  /// Throws when it does not fit in memory, or a number does not fit in 64 bits with sign.
  public func tensor() throws(TensorFileError) -> Tensor {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(TensorFileError) in
        try TensorFiles.tensor(of: buffer, type, shape: shape, format: "npy")
      }
    }
    return try result.get()
  }
}
