// SPDX-License-Identifier: Apache-2.0
import CZlib

/// The cyclic redundancy check of gzip, zip and PNG (polynomial 0x04C11DB7, reflected).
public enum CRC32 {
  /// The checksum of some bytes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes to check.
  ///   - earlier: The checksum of the bytes before these, when they come in pieces.
  /// - Returns: The checksum of all bytes so far.
  public static func checksum(of bytes: some Collection<UInt8>, continuing earlier: UInt32 = 0) -> UInt32 {
    unsafe withBytes(of: bytes) { buffer in
      UInt32(truncatingIfNeeded: unsafe crc32_z(UInt(earlier), buffer.baseAddress, buffer.count))
    }
  }
}

/// Runs `body` on the bytes of a collection, without a copy where they already lie in one piece.
func withBytes<Result>(
  of bytes: some Collection<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
  if let result = bytes.withContiguousStorageIfAvailable({ unsafe body($0) }) { return result }
  return unsafe Array(bytes).withUnsafeBufferPointer { unsafe body($0) }
}
