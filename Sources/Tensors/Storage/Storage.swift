// SPDX-License-Identifier: Apache-2.0

/// The elements of one or more tensors: a block of memory that goes back to the thread's pool when unused.
///
/// Tensors that share a storage never write to it; see `Tensor.withUniqueFloats`.
final class Storage {
  let dtype: DType
  let count: Int
  private var block: UnsafeMutableRawPointer
  private var bucket: BufferBucket
  /// How the elements lie when they are not in row-major order: as the kernels of convolutions leave them.
  private(set) var pixelOrder: PixelOrder?

  /// Whether matrix products keep what they packed of these elements: worth it for weights, which are used again.
  var keepsPacks = false
  private var packs: [(purpose: PackPurpose, storage: Storage)] = []

  /// Takes a block for so many elements, with undefined contents.
  init(_ dtype: DType, count: Int, for shape: Shape) throws(TensorError) {
    let (size, overflow) = count.multipliedReportingOverflow(by: dtype.size)
    guard !overflow, count < Int.max else {
      throw .allocationTooLarge(shape: shape, bytes: Int.max)
    }
    guard let (bytes, bucket) = ThreadState.current.pointee.buffers.take(size) else {
      throw .allocationTooLarge(shape: shape, bytes: size)
    }
    self.block = bytes
    self.bucket = bucket
    self.dtype = dtype
    self.count = count
  }

  /// Takes a block for float images whose channels lie innermost.
  convenience init(_ order: PixelOrder, for shape: Shape) throws(TensorError) {
    try self.init(.float32, count: order.count, for: shape)
    pixelOrder = order
  }

  /// The elements in row-major order; what lies in another is put in this one first, for good.
  var bytes: UnsafeMutableRawPointer {
    if pixelOrder != nil { putInRowMajorOrder() }
    return block
  }

  /// The elements of a float storage in row-major order.
  var floats: UnsafeMutablePointer<Float> { bytes.assumingMemoryBound(to: Float.self) }

  /// The elements of a float storage as they lie.
  var floatsAsTheyLie: UnsafeMutablePointer<Float> { block.assumingMemoryBound(to: Float.self) }

  @inline(never)
  private func putInRowMajorOrder() {
    guard let order = pixelOrder else { return }
    pixelOrder = nil
    guard let (target, targetBucket) = ThreadState.current.pointee.buffers.take(count * dtype.size) else {
      order.putInRowMajorOrder(inPlace: floatsAsTheyLie)
      return
    }
    order.putInRowMajorOrder(floatsAsTheyLie, target.assumingMemoryBound(to: Float.self))
    ThreadState.current.pointee.buffers.give(block, bucket)
    (block, bucket) = (target, targetBucket)
  }

  /// What was packed of these elements for a purpose, from the first time it is needed until the elements change.
  func packed(
    _ purpose: PackPurpose, _ pack: () throws(TensorError) -> Storage
  ) throws(TensorError) -> Storage {
    if let known = packs.first(where: { $0.purpose == purpose }) { return known.storage }
    let made = try pack()
    if packs.count == Self.mostPacks { packs.removeFirst() }
    packs.append((purpose, made))
    return made
  }

  /// A weight is used in two directions; more only when images of several sizes go through it.
  private static let mostPacks = 4

  /// Forgets what was packed, because the elements change.
  func forgetPacks() {
    if !packs.isEmpty { packs.removeAll(keepingCapacity: true) }
  }

  deinit {
    ThreadState.current.pointee.buffers.give(block, bucket)
  }
}

/// What elements were packed for: kernels of different kinds want them in different orders.
///
/// The sizes belong to it, because tensors of several shapes may share the elements.
enum PackPurpose: Equatable {
  /// The right side of a product of matrices, read transposed.
  case product(depth: Int, columns: Int)
  /// The weight of a convolution from image to map.
  case convolving(Shape)
  /// The weight of a convolution from map to image, which depends on where its maps lie.
  case painting(ConvolutionGeometry)
}
