// SPDX-License-Identifier: Apache-2.0
import Images
import TestSupport
import Testing

/// A bitmap with every kind of neighbour, the same on every run.
private func patterned(_ format: Bitmap.Format, width: Int = 13, height: Int = 7) throws -> Bitmap {
  let pixels = (0..<(width * height * format.channels)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 11) }
  return try Bitmap(width: width, height: height, format: format, pixels: pixels)
}

private let ramp: [UInt8] = [0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 255]
private let colors: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]

@Suite("PNG files")
struct PNGFileTests {
  @Test("what was written comes back", arguments: Bitmap.Format.allCases)
  func roundTrip(format: Bitmap.Format) throws {
    for (width, height) in [(1, 1), (13, 7), (300, 2)] {
      let bitmap = try patterned(format, width: width, height: height)
      let file = try PNGFile.encode(bitmap)
      #expect(try PNGFile.decode(file) == bitmap)
      #expect(try PNGFile.encode(bitmap) == file)
    }
  }

  @Test("noise that deflate cannot pack still fits")
  func incompressible() throws {
    var state: UInt64 = 7
    let pixels = (0..<60_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    let bitmap = try Bitmap(width: 200, height: 300, format: .grey, pixels: pixels)
    #expect(try PNGFile.decode(PNGFile.encode(bitmap)) == bitmap)
  }

  @Test(
    "grey files of other programs", arguments: ["grey8.png", "grey16.png", "interlaced.png", "grey-chunks.png"])
  func grey(name: String) throws {
    let bitmap = try PNGFile.decode(fixture("Golden/foreign/" + name))
    #expect(try bitmap == Bitmap(width: 4, height: 3, format: .grey, pixels: ramp))
  }

  @Test("colour files of other programs", arguments: ["rgb8.png", "rgb16.png", "palette.png"])
  func color(name: String) throws {
    let bitmap = try PNGFile.decode(fixture("Golden/foreign/" + name))
    #expect(try bitmap == Bitmap(width: 2, height: 2, format: .rgb, pixels: colors))
  }

  @Test("opacity and single bits of other programs")
  func opacity() throws {
    let half = try PNGFile.decode(fixture("Golden/foreign/rgba8.png"))
    #expect(half.format == .rgba)
    #expect(Array(half[1, 1]) == [10, 20, 30, 128])
    let grey = try PNGFile.decodeGrey(fixture("Golden/foreign/grey-alpha.png"))
    #expect(grey.pixels == [200, 100])
    #expect(try PNGFile.decode(fixture("Golden/foreign/bits.png")).pixels == [0, 255, 255, 0])
  }

  @Test("a cut or changed file is an error or a picture of the right size, never a crash")
  func hostile() throws {
    let file = try PNGFile.encode(patterned(.rgb))
    #expect(throws: ImageError.notPNG) { try PNGFile.decode([]) }
    #expect(throws: ImageError.notPNG) { try PNGFile.decode(Array("GIF89a, not a PNG".utf8)) }
    for length in PNGFile.signature.count..<(file.count - 16) {
      #expect(throws: ImageError.self) { try PNGFile.decode(Array(file[..<length])) }
    }
    for index in file.indices {
      var damaged = file
      damaged[index] ^= 0x41
      guard let bitmap = try? PNGFile.decode(damaged, limit: 1 << 16) else { continue }
      #expect(bitmap.pixels.count == bitmap.width * bitmap.height * bitmap.format.channels)
    }
  }

  @Test("a picture beyond the limit is refused by its header")
  func limit() throws {
    let file = try PNGFile.encode(patterned(.grey))
    #expect(throws: ImageError.tooLarge(width: 13, height: 7, limit: 90)) { try PNGFile.decode(file, limit: 90) }
    #expect(try PNGFile.decode(file, limit: 91).width == 13)
  }

  @Test("every error has a sentence of its own")
  func descriptions() {
    let errors: [ImageError] = [
      .notPNG, .damaged(reason: "x"), .tooLarge(width: 1, height: 2, limit: 1), .emptySide(width: 0, height: 1),
      .wrongCount(expected: 1, found: 2), .cannotEncode(reason: "x"),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}
