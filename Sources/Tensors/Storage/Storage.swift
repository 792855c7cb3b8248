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
  private var packs: (plain: Storage?, transposed: Storage?)

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

  /// What a product packed of this matrix, from the first product that needs it until the elements change.
  func packed(
    isTransposed: Bool, _ pack: () throws(TensorError) -> Storage
  ) throws(TensorError) -> Storage {
    if let known = isTransposed ? packs.transposed : packs.plain { return known }
    let made = try pack()
    if isTransposed { packs.transposed = made } else { packs.plain = made }
    return made
  }

  /// Forgets what was packed, because the elements change.
  func forgetPacks() {
    if packs.plain != nil || packs.transposed != nil { packs = (nil, nil) }
  }

  deinit {
    ThreadState.current.pointee.buffers.give(bytes, bucket)
  }
}
