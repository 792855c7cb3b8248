// SPDX-License-Identifier: Apache-2.0
import Testing
import Zlib

/// Bytes that compress somewhat, the same on every run.
private func patterned(_ count: Int) -> [UInt8] {
  var state: UInt32 = 1
  return (0..<count).map { index in
    state = state &* 1_664_525 &+ 1_013_904_223
    return index % 3 == 0 ? UInt8(state >> 28) : UInt8(index & 0x3F)
  }
}

@Suite("Deflate")
struct DeflateTests {
  @Test("what was packed comes back", arguments: Deflate.Wrapping.allCases, [0, 1, 1000, 700_000])
  func roundTrip(wrapping: Deflate.Wrapping, count: Int) throws {
    let content = patterned(count)
    for level in [0, 6, 9, 42] {
      let packed = try Deflate.compress(content, as: wrapping, level: level)
      #expect(try Deflate.decompress(packed, as: wrapping, limit: count) == content)
    }
  }

  @Test("a slice is read from where it begins")
  func slice() throws {
    let packed = try Deflate.compress([1, 2, 3], as: .raw)
    let file = [9, 9] + packed + [9]
    #expect(try Deflate.decompress(file[2..<(2 + packed.count)], as: .raw, limit: 3) == [1, 2, 3])
  }

  @Test("a stream written by gzip is read")
  func foreign() throws {
    // printf 'hello' | gzip -9n
    let bytes: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0,
    ]
    #expect(Deflate.isGzip(bytes))
    #expect(try Deflate.decompress(bytes, as: .gzip, limit: 100) == Array("hello".utf8))
  }

  @Test("gzip members in a row are one content, zeros after them are padding")
  func members() throws {
    let first = try Deflate.compress(Array("one".utf8), as: .gzip)
    let second = try Deflate.compress(Array(" two".utf8), as: .gzip)
    let file = first + second + [0, 0, 0]
    #expect(try Deflate.decompress(file, as: .gzip, limit: 7) == Array("one two".utf8))
    #expect(throws: ZlibError.tooLarge(limit: 6)) { try Deflate.decompress(file, as: .gzip, limit: 6) }
  }

  @Test("content beyond the limit is refused, not allocated")
  func bomb() throws {
    let packed = try Deflate.compress([UInt8](repeating: 0, count: 4_000_000), as: .zlib)
    #expect(throws: ZlibError.tooLarge(limit: 1000)) { try Deflate.decompress(packed, as: .zlib, limit: 1000) }
    #expect(throws: ZlibError.tooLarge(limit: 0)) { try Deflate.decompress(packed, as: .zlib, limit: -1) }
  }

  @Test("every cut of a stream is called truncated", arguments: Deflate.Wrapping.allCases)
  func truncated(wrapping: Deflate.Wrapping) throws {
    let packed = try Deflate.compress(patterned(300), as: wrapping)
    for length in 0..<packed.count {
      #expect(throws: ZlibError.truncated) { try Deflate.decompress(packed[..<length], as: wrapping, limit: 300) }
    }
  }

  @Test("a changed byte of a checked stream is never taken for good")
  func corrupt() throws {
    let content = patterned(300)
    let packed = try Deflate.compress(content, as: .zlib)
    for index in packed.indices {
      var damaged = packed
      damaged[index] ^= 0x55
      #expect(throws: ZlibError.self) { try Deflate.decompress(damaged, as: .zlib, limit: 1 << 20) }
    }
    #expect(throws: ZlibError.corrupt(offset: 2)) { try Deflate.decompress([1, 2, 3, 4], as: .gzip, limit: 9) }
  }

  @Test("bytes after the end are named")
  func trailing() throws {
    for wrapping in Deflate.Wrapping.allCases {
      let packed = try Deflate.compress([7], as: wrapping)
      #expect(throws: ZlibError.trailingBytes(count: 2)) {
        try Deflate.decompress(packed + [1, 2], as: wrapping, limit: 9)
      }
    }
  }

  @Test("every error has a sentence of its own")
  func descriptions() {
    let errors: [ZlibError] = [
      .truncated, .corrupt(offset: 1), .tooLarge(limit: 2), .trailingBytes(count: 3), .needsDictionary, .outOfMemory,
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}

@Suite("CRC-32")
struct CRC32Tests {
  @Test("the check value of the standard, whole and in pieces")
  func checkValue() {
    let bytes = Array("123456789".utf8)
    #expect(CRC32.checksum(of: bytes) == 0xCBF4_3926)
    let head = CRC32.checksum(of: bytes[..<4])
    #expect(CRC32.checksum(of: bytes[4...], continuing: head) == 0xCBF4_3926)
    #expect(CRC32.checksum(of: [UInt8]()) == 0)
  }
}
