// SPDX-License-Identifier: Apache-2.0
import Zlib

/// A zip archive that is put together in memory.
///
/// The same contents give the same bytes: no file carries a time but that of 1 January 1980, as NumPy's do.
struct ZipWriting {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var names: Set<String> = []

  /// Adds a file.
  mutating func append(_ name: String, _ contents: [UInt8], compressing: Bool) throws(TensorFileError) {
    guard names.insert(name).inserted else { throw ZipReading.malformed("two arrays are named \(name)") }
    let packed = compressing ? try Self.deflated(contents) : contents
    let offset = body.count
    // Beyond this a zip file needs longer fields, which nothing here is large enough for.
    guard name.utf8.count <= 0xFFFF, max(contents.count, packed.count, offset) < 0xFFFF_FFFF else {
      throw .tooLarge(bytes: contents.count)
    }
    let description =
      littleEndian([20, 0x0800, compressing ? 8 : 0, 0, 0x0021] as [UInt16])
      + littleEndian([CRC32.checksum(of: contents), UInt32(packed.count), UInt32(contents.count)])
      + littleEndian([UInt16(name.utf8.count), 0])
    body += littleEndian([0x0403_4B50 as UInt32]) + description + Array(name.utf8) + packed
    directory += littleEndian([0x0201_4B50 as UInt32]) + littleEndian([20 as UInt16]) + description
    directory += littleEndian([0, 0, 0] as [UInt16]) + littleEndian([0, UInt32(offset)]) + Array(name.utf8)
  }

  /// The whole archive.
  func finished() throws(TensorFileError) -> [UInt8] {
    guard names.count < 0xFFFF, body.count + directory.count < 0xFFFF_FFFF else {
      throw .tooLarge(bytes: body.count)
    }
    let count = UInt16(names.count)
    return body + directory + littleEndian([0x0605_4B50 as UInt32]) + littleEndian([0, 0, count, count])
      + littleEndian([UInt32(directory.count), UInt32(body.count)]) + littleEndian([0 as UInt16])
  }

  private static func deflated(_ contents: [UInt8]) throws(TensorFileError) -> [UInt8] {
    do {
      return try Deflate.compress(contents, as: .raw)
    } catch {
      throw .tooLarge(bytes: contents.count)
    }
  }
}
