// SPDX-License-Identifier: Apache-2.0

/// Numbers in a grid of any rank: the value everything else is computed with.
///
/// A tensor is a value: `var y = x` gives an independent tensor, whose elements are copied only when one of the two is
/// changed. Images are laid out as [batch, channel, height, width], elements in row-major order. A tensor that requires
/// gradients remembers how it was computed. Tensors belong to the thread that made them.
public struct Tensor {
  var storage: Storage
  /// The size of each axis, outermost first.
  public let shape: Shape
  var node: Node?

  init(_ storage: Storage, _ shape: Shape, node: Node? = nil) {
    self.storage = storage
    self.shape = shape
    self.node = node
  }

  /// What the elements are.
  public var dtype: DType { storage.dtype }

  /// How many elements there are.
  public var count: Int { storage.count }

  /// How many axes there are.
  public var rank: Int { shape.rank }
}

extension Tensor {
  /// A tensor with undefined contents.
  static func uninitialized(_ shape: Shape, _ dtype: DType = .float32) throws(TensorError) -> Tensor {
    for size in shape.dimensions where size < 0 {
      throw .negativeSize(operation: "tensor", shape: shape)
    }
    return Tensor(try Storage(dtype, count: shape.count, for: shape), shape)
  }

  /// The same elements under another shape with the same count, apart from the graph.
  func viewed(as shape: Shape) -> Tensor {
    Tensor(storage, shape)
  }

  /// The same elements as the result of `node`.
  func attached(to node: Node?) -> Tensor {
    Tensor(storage, shape, node: node)
  }
}

// MARK: Elements

extension Tensor {
  /// A new float tensor whose elements `body` writes.
  static func making(
    _ shape: Shape, _ body: (UnsafeMutablePointer<Float>) throws(TensorError) -> Void
  ) throws(TensorError) -> Tensor {
    let result = try uninitialized(shape)
    try body(result.storage.bytes.assumingMemoryBound(to: Float.self))
    return result
  }

  /// A new tensor of a given element type whose elements `body` writes.
  static func making<Element>(
    _ shape: Shape, _ dtype: DType, of type: Element.Type,
    _ body: (UnsafeMutablePointer<Element>) throws(TensorError) -> Void
  ) throws(TensorError) -> Tensor {
    let result = try uninitialized(shape, dtype)
    try body(result.storage.bytes.assumingMemoryBound(to: Element.self))
    return result
  }

  /// Lends the elements of a float tensor in row-major order.
  func withFloats<Result>(
    _ body: (UnsafePointer<Float>) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    precondition(dtype == .float32, "asked for the floats of a tensor of another type")
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.bytes.assumingMemoryBound(to: Float.self)))
  }

  /// Lends the elements of an integer tensor in row-major order.
  func withIntegers<Result>(
    _ body: (UnsafePointer<Int64>) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    precondition(dtype == .int64, "asked for the integers of a tensor of another type")
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.bytes.assumingMemoryBound(to: Int64.self)))
  }

  /// Lends the elements of a tensor of truth values in row-major order.
  func withBooleans<Result>(
    _ body: (UnsafePointer<Bool>) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    precondition(dtype == .bool, "asked for the truth values of a tensor of another type")
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.bytes.assumingMemoryBound(to: Bool.self)))
  }

  /// Lends the elements of a float tensor for writing, copying them first when another tensor shares them.
  mutating func withUniqueFloats(
    _ body: (UnsafeMutablePointer<Float>) throws(TensorError) -> Void
  ) throws(TensorError) {
    precondition(dtype == .float32, "asked to write floats to a tensor of another type")
    if !isKnownUniquelyReferenced(&storage) {
      let copy = try Storage(dtype, count: count, for: shape)
      copy.bytes.copyMemory(from: storage.bytes, byteCount: count * dtype.size)
      copy.keepsPacks = storage.keepsPacks
      storage = copy
    }
    storage.forgetPacks()
    try body(storage.bytes.assumingMemoryBound(to: Float.self))
  }
}
