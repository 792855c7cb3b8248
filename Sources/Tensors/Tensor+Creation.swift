// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// A float tensor of the given elements in row-major order.
  ///
  /// Throws when the number of elements is not the shape's, or the shape has a negative size.
  public init(_ scalars: [Float], shape: Shape) throws(TensorError) {
    try self.init(copying: scalars, shape, .float32)
  }

  /// An integer tensor of the given elements in row-major order; a list of literals makes floats.
  ///
  /// Throws when the number of elements is not the shape's, or the shape has a negative size.
  @_disfavoredOverload  // So that `Tensor([1, 2], shape: [2])` is not ambiguous.
  public init(_ integers: [Int64], shape: Shape) throws(TensorError) {
    try self.init(copying: integers, shape, .int64)
  }

  /// A tensor of the given truth values in row-major order.
  ///
  /// Throws when the number of elements is not the shape's, or the shape has a negative size.
  public init(_ booleans: [Bool], shape: Shape) throws(TensorError) {
    try self.init(copying: booleans, shape, .bool)
  }

  /// A float tensor of one element and no axes.
  public init(_ scalar: Double) throws(TensorError) {
    self = try .full(.scalar, scalar)
  }

  /// An integer tensor of one element and no axes.
  public init(_ integer: Int64) throws(TensorError) {
    try self.init([integer], shape: .scalar)
  }

  private init<Element>(copying elements: [Element], _ shape: Shape, _ dtype: DType) throws(TensorError) {
    for size in shape.dimensions where size < 0 {
      throw .negativeSize(operation: "tensor", shape: shape)
    }
    guard elements.count == shape.count else {
      throw .wrongCount(operation: "tensor", shape: shape, found: elements.count)
    }
    self = try .uninitialized(shape, dtype)
    elements.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { storage.bytes.copyMemory(from: start, byteCount: bytes.count) }
    }
  }

  /// A float tensor written by `body`, which must set every element.
  ///
  /// The elements come in row-major order; this is the way to build a batch without an array in between.
  public static func filled(
    _ shape: Shape, _ body: (UnsafeMutableBufferPointer<Float>) throws(TensorError) -> Void
  ) throws(TensorError) -> Tensor {
    try making(shape) { (start) throws(TensorError) in
      try body(UnsafeMutableBufferPointer(start: start, count: shape.count))
    }
  }

  /// A float tensor of zeros.
  public static func zeros(_ shape: Shape) throws(TensorError) -> Tensor {
    let result = try uninitialized(shape)
    result.storage.bytes.initializeMemory(as: UInt8.self, repeating: 0, count: result.count * 4)
    return result
  }

  /// A float tensor of ones.
  public static func ones(_ shape: Shape) throws(TensorError) -> Tensor {
    try full(shape, 1)
  }

  /// A float tensor whose elements all have one value.
  public static func full(_ shape: Shape, _ value: Double) throws(TensorError) -> Tensor {
    try making(shape) { (out) throws(TensorError) in
      out.update(repeating: Float(value), count: shape.count)
    }
  }

  /// An integer tensor whose elements all have one value.
  public static func full(_ shape: Shape, integer value: Int64) throws(TensorError) -> Tensor {
    try making(shape, .int64, of: Int64.self) { (out) throws(TensorError) in
      out.update(repeating: value, count: shape.count)
    }
  }

  /// The whole numbers from `start` up to, not including, `end`, `step` apart.
  ///
  /// Throws when the step is zero.
  public static func range(_ start: Int64, _ end: Int64, step: Int64 = 1) throws(TensorError) -> Tensor {
    guard step != 0 else {
      throw .argument(operation: "arange", name: "step", value: "0", needs: "a step other than 0")
    }
    let (span, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, step != .min else { throw .integerOverflow(operation: "arange") }
    let count = (span > 0) == (step > 0) ? (span + (step > 0 ? step - 1 : step + 1)) / step : 0
    return try making([Int(max(count, 0))], .int64, of: Int64.self) { (out) throws(TensorError) in
      for i in 0..<Int(max(count, 0)) { out[i] = start + Int64(i) * step }
    }
  }

  /// Floats from `start` up to, not including, `end`, `step` apart.
  ///
  /// Throws when the step is zero or not a number, or there would be too many.
  @_disfavoredOverload  // Whole literals make whole numbers.
  public static func range(_ start: Double, _ end: Double, step: Double) throws(TensorError) -> Tensor {
    guard step != 0, !step.isNaN, start.isFinite, end.isFinite else {
      throw .argument(operation: "arange", name: "step", value: "\(step)", needs: "finite ends and a step other than 0")
    }
    let count = max(0, ((end - start) / step).rounded(.up))
    guard count < 1e12 else { throw .allocationTooLarge(shape: [Int.max], bytes: Int.max) }
    return try making([Int(count)]) { (out) throws(TensorError) in
      for i in 0..<Int(count) { out[i] = Float(start + Double(i) * step) }
    }
  }

  /// So many floats at equal distances, from `start` to `end`, both included.
  public static func linearSpace(_ start: Double, _ end: Double, count: Int) throws(TensorError) -> Tensor {
    try making([count]) { (out) throws(TensorError) in
      let step = count > 1 ? (end - start) / Double(count - 1) : 0
      for i in 0..<max(count, 0) { out[i] = Float(i == count - 1 && i > 0 ? end : start + Double(i) * step) }
    }
  }

  /// The identity matrix [n, n].
  public static func identity(_ n: Int) throws(TensorError) -> Tensor {
    let result = try zeros([n, n])
    let out = result.storage.bytes.assumingMemoryBound(to: Float.self)
    for i in 0..<n { out[i * n + i] = 1 }
    return result
  }
}
