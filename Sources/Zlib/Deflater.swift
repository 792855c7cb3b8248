// SPDX-License-Identifier: Apache-2.0
import CZlib

/// One compression.
///
/// zlib remembers the address of its stream, so the stream stays in one place of the heap.
@safe struct Deflater: ~Copyable {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init(_ wrapping: Deflate.Wrapping, level: Int32) throws(ZlibError) {
    unsafe stream.initialize(to: unsafe z_stream())
    let memoryLevel: Int32 = 8
    let status = unsafe deflateInit2_(
      stream, level, Z_DEFLATED, wrapping.windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      unsafe Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .outOfMemory }
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The stream of the whole input.
  func run(_ input: UnsafeBufferPointer<UInt8>) throws(ZlibError) -> [UInt8] {
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: outputPiece)
    defer { unsafe piece.deallocate() }
    var output: [UInt8] = []
    var position = 0
    while true {
      let offered = min(input.count - position, pieceLimit)
      let isLast = position + offered == input.count
      // zlib never writes through `next_in`; its type only lacks the const.
      unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
        mutating: input.baseAddress.map { unsafe $0 + position })
      unsafe stream.pointee.avail_in = UInt32(offered)
      unsafe stream.pointee.next_out = piece.baseAddress
      unsafe stream.pointee.avail_out = UInt32(outputPiece)
      let status = unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      position += offered - Int(unsafe stream.pointee.avail_in)
      let written = outputPiece - Int(unsafe stream.pointee.avail_out)
      unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: piece[..<written]))
      if status == Z_STREAM_END { return output }
      guard status == Z_OK || status == Z_BUF_ERROR else { throw .outOfMemory }
    }
  }
}
