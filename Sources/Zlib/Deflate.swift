// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Deflate (RFC 1951), whole buffers at a time.
public enum Deflate {
  /// What stands around the deflated data.
  public enum Wrapping: Sendable, CaseIterable {
    /// Nothing, as inside zip files.
    case raw
    /// The header and Adler-32 of RFC 1950.
    case zlib
    /// The header, CRC-32 and length of RFC 1952; several members in a row are one content.
    case gzip
  }

  /// Whether some bytes begin as a gzip file does.
  public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Unpacks a stream.
  ///
  /// - Parameters:
  ///   - bytes: The whole stream, nothing before or after it. Zero bytes after a gzip stream are padding.
  ///   - wrapping: What stands around the data.
  ///   - limit: The most bytes that the content may have.
  /// - Returns: The content.
  /// - Throws: `ZlibError` when the stream is incomplete, damaged, followed by other bytes, or grows beyond `limit`.
  public static func decompress(
    _ bytes: some Collection<UInt8>, as wrapping: Wrapping, limit: Int
  ) throws(ZlibError) -> [UInt8] {
    let result = unsafe withBytes(of: bytes) { input in
      Result { () throws(ZlibError) in
        try unsafe Inflater(wrapping).run(input, limit: max(0, limit))
      }
    }
    return try result.get()
  }

  /// Packs bytes.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - wrapping: What to put around the data. A gzip header carries no name and no time.
  ///   - level: Effort, 0 (stored) … 9 (smallest); values outside are brought into the range.
  /// - Returns: The stream: the same bytes for the same content, level and version of zlib.
  /// - Throws: `ZlibError.outOfMemory`.
  public static func compress(
    _ bytes: some Collection<UInt8>, as wrapping: Wrapping, level: Int = 6
  ) throws(ZlibError) -> [UInt8] {
    let result = unsafe withBytes(of: bytes) { input in
      Result { () throws(ZlibError) in
        try unsafe Deflater(wrapping, level: Int32(min(max(level, 0), 9))).run(input)
      }
    }
    return try result.get()
  }
}

extension Deflate.Wrapping {
  /// zlib's argument for the wrapping: the window is always 2¹⁵ bytes.
  var windowBits: Int32 {
    switch self {
    case .raw: -15
    case .zlib: 15
    case .gzip: 15 + 16
    }
  }
}

/// The most that zlib takes or gives in one call; its counters have 32 bits.
let pieceLimit = 1 << 30

/// The bytes that one call may write before they are appended to the result.
let outputPiece = 1 << 18
