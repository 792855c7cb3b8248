// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A size class of the pool: four to each power of two, so that at most a fifth of a block is unused.
struct BufferBucket: Equatable {
  let index: Int

  /// How many bytes blocks of this class have.
  var bytes: Int {
    (4 + (index & 3)) << ((index >> 2) + 4)
  }

  static let count = 4 * 48

  /// The smallest class that holds so many bytes, or nil when there is none.
  init?(holding bytes: Int) {
    guard bytes > 64 else {
      index = 0
      return
    }
    guard bytes < 1 << 46 else { return nil }
    // With `bytes` in (4 << s, 8 << s], the class is the first quarter step at or above it.
    let shift = Int.bitWidth - (bytes - 1).leadingZeroBitCount - 3
    let quarter = (bytes - 1) >> shift  // 4...7
    index = (shift - 4) * 4 + (quarter - 4) + 1
  }
}

/// Blocks of memory that a thread gives back and takes again.
///
/// A warm training step asks for the same sizes each time, so it neither calls the allocator nor touches new pages.
struct BufferPool: ~Copyable {
  private var free: [[UnsafeMutableRawPointer]] = Array(repeating: [], count: BufferBucket.count)
  private var cachedBytes = 0

  /// Unused blocks beyond this are returned to the system.
  private static let cacheLimit = 256 << 20
  /// Requests from this size on are compared with the memory that is left.
  private static let checkedSize = 64 << 20

  init() {}

  deinit {
    for list in free {
      for block in list { Glibc.free(block) }
    }
  }

  /// A block of at least so many bytes, aligned for vectors, or nil when memory does not suffice.
  mutating func take(_ bytes: Int) -> (UnsafeMutableRawPointer, BufferBucket)? {
    guard let bucket = BufferBucket(holding: bytes) else { return nil }
    if let block = free[bucket.index].popLast() {
      cachedBytes -= bucket.bytes
      return (block, bucket)
    }
    if bucket.bytes >= Self.checkedSize {
      guard let available = availableMemory(), bucket.bytes < available - available / 8 else { return nil }
    }
    var block: UnsafeMutableRawPointer?
    let alignment = bucket.bytes >= 2 << 20 ? 2 << 20 : 64
    guard posix_memalign(&block, alignment, bucket.bytes) == 0, let block else { return nil }
    if bucket.bytes >= 2 << 20 { madvise(block, bucket.bytes, MADV_HUGEPAGE) }
    return (block, bucket)
  }

  /// Takes a block back.
  mutating func give(_ block: UnsafeMutableRawPointer, _ bucket: BufferBucket) {
    if cachedBytes + bucket.bytes > Self.cacheLimit {
      Glibc.free(block)
      return
    }
    cachedBytes += bucket.bytes
    free[bucket.index].append(block)
  }

  /// Returns every unused block to the system.
  mutating func drain() {
    for index in free.indices {
      for block in free[index] { Glibc.free(block) }
      free[index].removeAll()
    }
    cachedBytes = 0
  }
}
