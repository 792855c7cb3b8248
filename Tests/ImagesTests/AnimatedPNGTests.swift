// SPDX-License-Identifier: Apache-2.0
import Images
import Testing
import Zlib

@Suite struct AnimatedPNGTests {
  private func frames(_ count: Int) throws -> [Bitmap] {
    try (0..<count).map { try Bitmap(width: 40, height: 30, format: .grey, filledWith: UInt8($0 * 40)) }
  }

  /// The chunks of a file, each with its check already made.
  private func chunks(_ file: [UInt8]) throws -> [(type: String, data: [UInt8])] {
    var found: [(String, [UInt8])] = []
    var place = 8
    while place < file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let content = file[place + 4..<place + 8 + length]
      let check = file[place + 8 + length..<place + 12 + length].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      #expect(CRC32.checksum(of: content) == check)
      found.append((String(decoding: content.prefix(4), as: UTF8.self), Array(content.dropFirst(4))))
      place += 12 + length
    }
    return found
  }

  @Test("Every frame has its control and its pixels, numbered without a gap, and every check is right")
  func structure() throws {
    let file = try AnimatedPNG.encode(frames(4), milliseconds: 250, lastMilliseconds: 1500, plays: 3)
    #expect(file.starts(with: PNGFile.signature))
    let chunks = try chunks(file)
    #expect(chunks.first?.type == "IHDR" && chunks.last?.type == "IEND")
    let control = try #require(chunks.first { $0.type == "acTL" })
    #expect(control.data == [0, 0, 0, 4, 0, 0, 0, 3])
    let numbered = chunks.filter { $0.type == "fcTL" || $0.type == "fdAT" }
    #expect(numbered.map { $0.data[3] } == (0..<UInt8(numbered.count)).map { $0 })
    let delays = chunks.filter { $0.type == "fcTL" }.map { Int($0.data[20]) << 8 | Int($0.data[21]) }
    #expect(delays == [250, 250, 250, 1500])
    let types = chunks.map(\.type)
    let animation = try #require(types.firstIndex(of: "acTL")), pixels = try #require(types.firstIndex(of: "IDAT"))
    #expect(animation < pixels)
  }

  @Test("What knows no animation shows the first frame; the pixels of the others are those that were given")
  func pixels() throws {
    let frames = try frames(3)
    let file = try AnimatedPNG.encode(frames, milliseconds: 100)
    #expect(try PNGFile.decode(file).pixels == frames[0].pixels)
    var rows: [[UInt8]] = []
    for chunk in try chunks(file) where chunk.type == "fdAT" {
      let raw = try Deflate.decompress(chunk.data.dropFirst(4), as: .zlib, limit: 1 << 20)
      rows.append(raw)
    }
    #expect(rows.count == 2 && rows.allSatisfy { $0.count == 30 * 41 })
  }

  @Test("Frames that differ in size or format are refused, and so is nothing at all")
  func refused() throws {
    let one = try Bitmap(width: 4, height: 4, format: .grey)
    for other in [try Bitmap(width: 5, height: 4, format: .grey), try Bitmap(width: 4, height: 4, format: .rgb)] {
      #expect(throws: ImageError.self) { try AnimatedPNG.encode([one, other], milliseconds: 10) }
    }
    #expect(throws: ImageError.self) { try AnimatedPNG.encode([], milliseconds: 10) }
    #expect(try !AnimatedPNG.encode([one], milliseconds: Int.min, plays: -1).isEmpty)
  }
}
