// SPDX-License-Identifier: Apache-2.0

/// The elements of one or more tensors: a block of memory that goes back to the thread's pool when unused.
///
/// Tensors that share a storage never write to it; see `Tensor.withUniqueFloats`.
final class Storage {
  let bytes: UnsafeMutableRawPointer
  let dtype: DType
  let count: Int
  private let bucket: BufferBucket

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
    self.bytes = bytes
    self.bucket = bucket
    self.dtype = dtype
    self.count = count
  }

  /// The elements of a float storage.
  var floats: UnsafeMutablePointer<Float> { bytes.assumingMemoryBound(to: Float.self) }

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
    ThreadState.current.pointee.buffers.give(bytes, bucket)
  }
}

/// What elements were packed for: kernels of different kinds want them in different orders.
enum PackPurpose: Equatable {
  /// The right side of a product of matrices.
  case product(isTransposed: Bool)
  /// The weight of a convolution from image to map.
  case convolving
  /// The weight of a convolution from map to image, which depends on where its maps lie.
  case painting(ConvolutionGeometry)
}
