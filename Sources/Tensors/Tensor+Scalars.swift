// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// The elements as floats in row-major order, converted when they are of another type.
  public func scalars() -> [Float] {
    switch dtype {
    case .float32: Array(elements(of: Float.self))
    case .int64: elements(of: Int64.self).map { Float($0) }
    case .bool: elements(of: Bool.self).map { $0 ? 1 : 0 }
    }
  }

  /// The elements as whole numbers in row-major order.
  ///
  /// Floats are cut towards zero; NaN becomes 0 and what does not fit becomes the nearest that does.
  public func integers() -> [Int64] {
    switch dtype {
    case .float32: elements(of: Float.self).map { truncated($0) }
    case .int64: Array(elements(of: Int64.self))
    case .bool: elements(of: Bool.self).map { $0 ? 1 : 0 }
    }
  }

  /// The elements as truth values in row-major order: everything but zero is true.
  public func booleans() -> [Bool] {
    switch dtype {
    case .float32: elements(of: Float.self).map { $0 != 0 }
    case .int64: elements(of: Int64.self).map { $0 != 0 }
    case .bool: Array(elements(of: Bool.self))
    }
  }

  /// The only element, as a number.
  ///
  /// Throws when there are none or several.
  public func item() throws(TensorError) -> Double {
    guard count == 1 else { throw .notScalar(operation: "item", shape: shape) }
    return switch dtype {
    case .float32: Double(elements(of: Float.self)[0])
    case .int64: Double(elements(of: Int64.self)[0])
    case .bool: elements(of: Bool.self)[0] ? 1 : 0
    }
  }

  /// Lends the elements of a float tensor in row-major order.
  ///
  /// Throws when the elements are of another type.
  public func withUnsafeFloats<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    guard dtype == .float32 else { throw .wrongType(operation: "floats", type: dtype, needs: "f32") }
    return try withFloats { (start) throws(TensorError) in
      try body(UnsafeBufferPointer(start: start, count: count))
    }
  }

  private func elements<Element>(of type: Element.Type) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: storage.bytes.assumingMemoryBound(to: Element.self), count: count)
  }
}

/// A float cut towards zero, kept within 64 bits.
func truncated(_ value: Float) -> Int64 {
  if value.isNaN { return 0 }
  if value >= 0x1p63 { return .max }
  if value <= -0x1p63 { return .min }
  return Int64(value)
}
