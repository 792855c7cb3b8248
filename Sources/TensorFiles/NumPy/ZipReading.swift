// SPDX-License-Identifier: Apache-2.0
import Zlib

/// The files in a zip archive that is in memory, stored or deflated.
struct ZipReading {
  /// One file of the archive, as the central directory describes it.
  struct Entry {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    /// Where its local header begins.
    let offset: Int
  }

  let entries: [Entry]
  private let bytes: [UInt8]

  static func malformed(_ what: String) -> TensorFileError { .malformed(format: "npz", what: what) }

  init(_ bytes: [UInt8]) throws(TensorFileError) {
    self.bytes = bytes
    let reader = LittleEndianReader(bytes)
    let (count, start) = try Self.directory(reader)
    var entries: [Entry] = []
    var place = start
    for _ in 0..<count {
      let (entry, next) = try Self.entry(reader, place)
      entries.append(entry)
      place = next
    }
    self.entries = entries
  }

  /// How many files there are and where the central directory begins.
  private static func directory(_ reader: LittleEndianReader) throws(TensorFileError) -> (count: Int, start: Int) {
    // The end record has 22 bytes and up to 65535 of comment behind it.
    var place = reader.count - 22
    let first = max(0, place - 0xFFFF)
    while place >= first, (try? reader.word(place)) != 0x0605_4B50 { place -= 1 }
    guard place >= first, place >= 0 else { throw malformed("there is no directory at its end") }
    let count = Int(try reader.half(place + 10))
    let start = Int(try reader.word(place + 16))
    if (count == 0xFFFF || start == 0xFFFF_FFFF), place >= 20, (try? reader.word(place - 20)) == 0x0706_4B50 {
      let record = try reader.long(place - 12)
      guard try reader.word(record) == 0x0606_4B50 else { throw malformed("its long directory is not where it says") }
      return (try reader.long(record + 32), try reader.long(record + 48))
    }
    return (count, start)
  }

  private static func entry(
    _ reader: LittleEndianReader, _ place: Int
  ) throws(TensorFileError) -> (Entry, next: Int) {
    guard try reader.word(place) == 0x0201_4B50 else { throw malformed("its directory is damaged") }
    let (flags, method) = (try reader.half(place + 8), try reader.half(place + 10))
    guard flags & 1 == 0, method == 0 || method == 8 else {
      throw .unsupported(format: "npz", what: "files that are encrypted or packed by other than deflate")
    }
    let nameLength = Int(try reader.half(place + 28))
    let extraLength = Int(try reader.half(place + 30))
    let name = String(decoding: try reader.bytes(place + 46, nameLength), as: UTF8.self)
    var sizes = [Int(try reader.word(place + 24)), Int(try reader.word(place + 20)), Int(try reader.word(place + 42))]
    try expand(&sizes, reader, place + 46 + nameLength, extraLength)
    let entry = Entry(
      name: name, isDeflated: method == 8, checksum: try reader.word(place + 16), packedSize: sizes[1],
      size: sizes[0], offset: sizes[2])
    return (entry, place + 46 + nameLength + extraLength + Int(try reader.half(place + 32)))
  }

  /// Replaces sizes that do not fit in 32 bits by those of the zip64 field.
  private static func expand(
    _ sizes: inout [Int], _ reader: LittleEndianReader, _ start: Int, _ length: Int
  ) throws(TensorFileError) {
    var place = start
    while place + 4 <= start + length {
      let (kind, size) = (try reader.half(place), Int(try reader.half(place + 2)))
      if kind == 1 {
        var field = place + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          sizes[index] = try reader.long(field)
          field += 8
        }
        return
      }
      place += 4 + size
    }
  }

  /// The contents of one file.
  func contents(of entry: Entry) throws(TensorFileError) -> [UInt8] {
    let reader = LittleEndianReader(bytes)
    guard try reader.word(entry.offset) == 0x0403_4B50 else {
      throw Self.malformed("\(entry.name) is not where the directory says")
    }
    let start =
      entry.offset + 30 + Int(try reader.half(entry.offset + 26)) + Int(try reader.half(entry.offset + 28))
    let packed = try reader.bytes(start, entry.packedSize)
    let contents = entry.isDeflated ? try inflate(packed, entry) : packed
    guard contents.count == entry.size, CRC32.checksum(of: contents) == entry.checksum else {
      throw Self.malformed("\(entry.name) is damaged")
    }
    return contents
  }

  private func inflate(_ packed: [UInt8], _ entry: Entry) throws(TensorFileError) -> [UInt8] {
    // Deflate packs at most about 1032 to 1; a larger size is a lie.
    guard entry.size <= packed.count * 1040 + 64 else { throw Self.malformed("\(entry.name) cannot have its size") }
    do {
      return try Deflate.decompress(packed, as: .raw, limit: entry.size)
    } catch {
      throw Self.malformed("\(entry.name) cannot be unpacked: \(error)")
    }
  }
}

/// Numbers in bytes, the least significant byte first, with every place checked.
struct LittleEndianReader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func bytes(_ start: Int, _ count: Int) throws(TensorFileError) -> [UInt8] {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
      throw ZipReading.malformed("it is cut off")
    }
    return Array(bytes[start..<start + count])
  }

  func half(_ place: Int) throws(TensorFileError) -> UInt16 {
    UInt16(truncatingIfNeeded: try number(place, 2))
  }

  func word(_ place: Int) throws(TensorFileError) -> UInt32 {
    UInt32(truncatingIfNeeded: try number(place, 4))
  }

  /// A number of eight bytes that must fit in a place of a file.
  func long(_ place: Int) throws(TensorFileError) -> Int {
    guard let value = Int(exactly: try number(place, 8)), value < 1 << 60 else {
      throw ZipReading.malformed("a size or place is out of range")
    }
    return value
  }

  private func number(_ place: Int, _ width: Int) throws(TensorFileError) -> UInt64 {
    guard place >= 0, place <= bytes.count - width else { throw ZipReading.malformed("it is cut off") }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[place + index]) << UInt64(8 * index) }
    return value
  }
}
