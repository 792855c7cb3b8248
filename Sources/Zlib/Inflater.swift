// SPDX-License-Identifier: Apache-2.0
import CZlib

/// One decompression.
///
/// zlib remembers the address of its stream, so the stream stays in one place of the heap.
@safe struct Inflater: ~Copyable {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let wrapping: Deflate.Wrapping

  init(_ wrapping: Deflate.Wrapping) throws(ZlibError) {
    unsafe stream.initialize(to: unsafe z_stream())
    self.wrapping = wrapping
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(stream, wrapping.windowBits, ZLIB_VERSION, size) == Z_OK else { throw .outOfMemory }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The content of the whole input.
  func run(_ input: UnsafeBufferPointer<UInt8>, limit: Int) throws(ZlibError) -> [UInt8] {
    var output: [UInt8] = []
    var position = 0
    repeat {
      position = try unsafe member(of: input, from: position, limit: limit, into: &output)
    } while try unsafe anotherMember(in: input, at: position)
    return output
  }

  /// Unpacks one stream from `start` on and returns where it ends.
  private func member(
    of input: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int, into output: inout [UInt8]
  ) throws(ZlibError) -> Int {
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: outputPiece)
    defer { unsafe piece.deallocate() }
    var position = start
    while true {
      let offered = min(input.count - position, pieceLimit)
      // zlib never writes through `next_in`; its type only lacks the const.
      unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
        mutating: input.baseAddress.map { unsafe $0 + position })
      unsafe stream.pointee.avail_in = UInt32(offered)
      unsafe stream.pointee.next_out = piece.baseAddress
      unsafe stream.pointee.avail_out = UInt32(outputPiece)
      let status = unsafe inflate(stream, Z_NO_FLUSH)
      position += offered - Int(unsafe stream.pointee.avail_in)
      let written = outputPiece - Int(unsafe stream.pointee.avail_out)
      guard written <= limit - output.count else { throw .tooLarge(limit: limit) }
      unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: piece[..<written]))
      switch status {
      case Z_STREAM_END: return position
      case Z_OK: continue
      case Z_BUF_ERROR: throw .truncated
      case Z_NEED_DICT: throw .needsDictionary
      case Z_MEM_ERROR: throw .outOfMemory
      default: throw .corrupt(offset: position)
      }
    }
  }

  /// Whether another gzip member follows; only zero bytes may stand after the last.
  private func anotherMember(in input: UnsafeBufferPointer<UInt8>, at position: Int) throws(ZlibError) -> Bool {
    guard position < input.count else { return false }
    let rest = unsafe UnsafeBufferPointer(rebasing: input[position...])
    guard wrapping == .gzip else { throw .trailingBytes(count: rest.count) }
    if unsafe rest.allSatisfy({ $0 == 0 }) { return false }
    guard unsafe Deflate.isGzip(rest) else { throw .trailingBytes(count: rest.count) }
    _ = unsafe inflateReset(stream)
    return true
  }
}
