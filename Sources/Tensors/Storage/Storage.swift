// SPDX-License-Identifier: Apache-2.0

/// The elements of one or more tensors: a block of memory that goes back to the thread's pool when unused.
///
/// Tensors that share a storage never write to it; see `Tensor.withUniqueFloats`.
final class Storage {
  let bytes: UnsafeMutableRawPointer
  let dtype: DType
  let count: Int
  private let bucket: BufferBucket

  /// Takes a block for so many elements, with undefined contents.
  init(_ dtype: DType, count: Int, for shape: Shape) throws(TensorError) {
    let (size, overflow) = count.multipliedReportingOverflow(by: dtype.size)
    guard !overflow, count < Int.max else {
      throw .allocationTooLarge(shape: shape, bytes: Int.max)
    }
    guard let (bytes, bucket) = ThreadState.current.buffers.take(size) else {
      throw .allocationTooLarge(shape: shape, bytes: size)
    }
    self.bytes = bytes
    self.bucket = bucket
    self.dtype = dtype
    self.count = count
  }

  deinit {
    ThreadState.current.buffers.give(bytes, bucket)
  }
}
