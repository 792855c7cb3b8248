// SPDX-License-Identifier: Apache-2.0
import CProcessor
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
  /// The first unused block of each class; a block holds the address of the next one in its first bytes.
  private let free: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private var cachedBytes = 0
  /// How many blocks were asked of the system so far.
  private(set) var blocksMade = 0

  /// Unused blocks beyond this are returned to the system.
  private static let cacheLimit = 256 << 20
  /// Requests from this size on are compared with the memory that is left.
  private static let checkedSize = 64 << 20
  /// Blocks from this size on lie on huge pages where the system has some to give.
  private static let hugePage = 2 << 20

  init() {
    free = .allocate(capacity: BufferBucket.count)
    free.initialize(repeating: nil, count: BufferBucket.count)
  }

  deinit {
    for index in 0..<BufferBucket.count { Self.release(free[index]) }
    free.deallocate()
  }

  /// A block of at least so many bytes, aligned for vectors, or nil when memory does not suffice.
  @inline(__always)
  mutating func take(_ bytes: Int) -> (UnsafeMutableRawPointer, BufferBucket)? {
    guard let bucket = BufferBucket(holding: bytes) else { return nil }
    if let block = free[bucket.index] {
      free[bucket.index] = block.load(as: UnsafeMutableRawPointer?.self)
      cachedBytes &-= bucket.bytes
      return (block, bucket)
    }
    blocksMade &+= 1
    return Self.allocate(bucket).map { ($0, bucket) }
  }

  /// Takes a block back.
  @inline(__always)
  mutating func give(_ block: UnsafeMutableRawPointer, _ bucket: BufferBucket) {
    if cachedBytes &+ bucket.bytes > Self.cacheLimit {
      Glibc.free(block)
      return
    }
    cachedBytes &+= bucket.bytes
    block.storeBytes(of: free[bucket.index], as: UnsafeMutableRawPointer?.self)
    free[bucket.index] = block
  }

  /// Returns every unused block to the system.
  mutating func drain() {
    for index in 0..<BufferBucket.count {
      Self.release(free[index])
      free[index] = nil
    }
    cachedBytes = 0
  }

  private static func release(_ first: UnsafeMutableRawPointer?) {
    var next = first
    while let block = next {
      next = block.load(as: UnsafeMutableRawPointer?.self)
      Glibc.free(block)
    }
  }

  private static func allocate(_ bucket: BufferBucket) -> UnsafeMutableRawPointer? {
    if bucket.bytes >= checkedSize {
      guard let available = availableMemory(), bucket.bytes < available - available / 8 else { return nil }
    }
    var block: UnsafeMutableRawPointer?
    let isHuge = bucket.bytes >= hugePage
    guard posix_memalign(&block, isHuge ? hugePage : 64, bucket.bytes) == 0, let block else { return nil }
    if isHuge { processorWishHugePages(block, bucket.bytes) }
    return block
  }
}
