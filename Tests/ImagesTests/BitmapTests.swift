// SPDX-License-Identifier: Apache-2.0
import Images
import Testing

@Suite("Bitmaps")
struct BitmapTests {
  @Test("sizes and counts are checked")
  func sizes() {
    #expect(throws: ImageError.emptySide(width: 0, height: 3)) { try Bitmap(width: 0, height: 3, format: .grey) }
    #expect(throws: ImageError.tooLarge(width: .max, height: 2, limit: Bitmap.pixelLimit)) {
      try Bitmap(width: .max, height: 2, format: .grey)
    }
    #expect(throws: ImageError.wrongCount(expected: 12, found: 4)) {
      try Bitmap(width: 2, height: 2, format: .rgb, pixels: [1, 2, 3, 4])
    }
  }

  @Test("filling and pasting are cut off at the edges")
  func drawing() throws {
    var bitmap = try Bitmap(width: 3, height: 2, format: .grey)
    bitmap.fill([9], x: -1, y: 1, width: 2, height: 100)
    #expect(bitmap.pixels == [0, 0, 0, 9, 0, 0])
    try bitmap.paste(Bitmap(width: 2, height: 2, format: .grey, pixels: [1, 2, 3, 4]), x: 2, y: -1)
    #expect(bitmap.pixels == [0, 0, 3, 9, 0, 0])
    bitmap.fill([7], x: .max, y: .min, width: .max, height: .max)
    #expect(bitmap.pixels == [0, 0, 3, 9, 0, 0])
  }

  @Test("enlarging repeats pixels")
  func enlarged() throws {
    let bitmap = try Bitmap(width: 2, height: 1, format: .rgb, pixels: [1, 2, 3, 4, 5, 6])
    let double = try bitmap.enlarged(by: 2)
    #expect(double.pixels == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
    #expect(throws: ImageError.self) { try bitmap.enlarged(by: .max) }
  }

  @Test("area averages by hand: halves, thirds, and a side that grows")
  func areaAverage() throws {
    let bitmap = try Bitmap(width: 3, height: 2, format: .grey, pixels: [0, 30, 90, 10, 50, 250])
    #expect(try bitmap.areaAveraged(width: 1, height: 1).pixels == [72])  // 430 / 6 = 71.67
    // Two columns: 0 and half of 30; half of 30 and 90, over two rows.
    #expect(try bitmap.areaAveraged(width: 2, height: 1).pixels == [17, 127])  // 50 / 3, 380 / 3
    #expect(try bitmap.areaAveraged(width: 3, height: 4).pixels[0..<6] == [0, 30, 90, 0, 30, 90])
    #expect(try bitmap.areaAveraged(width: 3, height: 2) == bitmap)
    #expect(throws: ImageError.self) { try bitmap.areaAveraged(width: 0, height: 1) }
  }

  @Test("a constant stays constant at every size")
  func constant() throws {
    let bitmap = try Bitmap(width: 28, height: 28, format: .grey, filledWith: 201)
    for side in 1...40 {
      let resized = try bitmap.areaAveraged(width: side, height: 41 - side)
      #expect(resized.pixels.allSatisfy { $0 == 201 })
    }
  }

  @Test("transparent pixels do not colour their neighbours")
  func weightedByOpacity() throws {
    let bitmap = try Bitmap(width: 2, height: 1, format: .rgba, pixels: [200, 100, 0, 255, 0, 0, 255, 0])
    #expect(try bitmap.areaAveraged(width: 1, height: 1).pixels == [200, 100, 0, 128])
  }

  @Test("numbers become bytes; the ends of the range, beyond them, and NaN")
  func values() throws {
    let values: [Float] = [-1, 0, 1, 9, -9, .nan, .infinity, -.infinity]
    let bitmap = try Bitmap(width: 8, height: 1, values: values, range: -1...1)
    #expect(bitmap.pixels == [0, 128, 255, 255, 0, 0, 255, 0])
    #expect(try Bitmap(width: 1, height: 1, values: [5], range: 3...3).pixels == [0])
    #expect(throws: ImageError.wrongCount(expected: 2, found: 1)) {
      try Bitmap(width: 2, height: 1, values: [5], range: 0...1)
    }
  }

  @Test("three planes become interleaved colours")
  func planes() throws {
    let bitmap = try Bitmap(width: 2, height: 1, values: [1, 0, 0, 1, 0, 1], range: 0...1)
    #expect(bitmap.format == .rgb)
    #expect(bitmap.pixels == [255, 0, 0, 0, 255, 255])
  }

  @Test("conversions between formats")
  func conversions() throws {
    let color = try Bitmap(width: 2, height: 1, format: .rgba, pixels: [255, 0, 0, 255, 255, 255, 255, 51])
    #expect(color.converted(to: .grey).pixels == [76, 51])
    #expect(color.converted(to: .rgb).pixels == [255, 0, 0, 51, 51, 51])
    #expect(color.converted(to: .grey).converted(to: .rgba).pixels == [76, 76, 76, 255, 51, 51, 51, 255])
  }
}
