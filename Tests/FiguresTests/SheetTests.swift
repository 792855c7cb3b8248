// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import TestSupport
import Testing

/// A 28 × 28 picture of a ring whose size depends on its number.
func ring(_ number: Int) throws -> Bitmap {
  let radius = 4 + number % 8
  let pixels = (0..<784).map { index -> UInt8 in
    let (x, y) = (index % 28 - 14, index / 28 - 14)
    let distance = x * x + y * y
    return distance <= radius * radius && distance >= (radius - 3) * (radius - 3) ? 255 : 0
  }
  return try Bitmap(width: 28, height: 28, format: .grey, pixels: pixels)
}

func rings(_ count: Int) throws -> [Bitmap] { try (0..<count).map(ring) }

/// The check value of a bitmap's size and pixels (Fowler, Noll and Vo, 64 bits).
func fingerprint(_ bitmap: Bitmap) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bitmap.pixels { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return "\(bitmap.width)×\(bitmap.height)×\(bitmap.format.channels) \(String(hash, radix: 16))"
}

@Suite("Sheets")
struct SheetTests {
  private func grid(_ count: Int, _ columns: Int) throws -> Sheet {
    try Sheet(rings(count), columns: columns, caption: "\(count) rings")
  }

  @Test("the picture of 4 × 8 tiles at double size, its tiles one pixel apart")
  func bitmap() throws {
    let picture = try grid(32, 8).bitmap()
    #expect((picture.width, picture.height) == (466, 234))
    #expect(picture.format == .grey)
    #expect(fingerprint(picture) == "466×234×1 9d1dd4d2705e2135")
  }

  @Test("tiles of several sizes and colours share a grid; an empty place stays empty")
  func mixed() throws {
    let small = try Bitmap(width: 2, height: 2, format: .rgb, pixels: [UInt8](repeating: 200, count: 12))
    let picture = try Sheet([ring(1), nil, small], columns: 2, caption: "").bitmap(scale: 1)
    #expect((picture.width, picture.height, picture.format) == (59, 59, .rgb))
    #expect(Array(picture[14, 43]) == [200, 200, 200])
    #expect(Array(picture[40, 10]) == [96, 96, 96])
  }

  @Test("a picture that must be narrow gets smaller pixels first, then smaller tiles")
  func room() throws {
    #expect(try grid(32, 8).bitmap(scale: 2, fittingWidth: 300).width == 233)
    #expect(try grid(32, 8).bitmap(scale: 2, fittingWidth: 100).width == 97)
    #expect(throws: ImageError.self) { try Sheet([], columns: 3, caption: "").bitmap() }
  }

  @Test("half blocks: eight tiles of nine columns fill 80, five text rows to a tile row")
  func halfBlocks() throws {
    let text = try grid(16, 8).text(on: Canvas(columns: 80, rows: 24, graphics: .half, color: .full))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 11)
    expectGolden(text, "sheet-half.txt")
    let palette = try grid(4, 8).text(on: Canvas(columns: 80, rows: 24, graphics: .half, color: .palette))
    expectGolden(palette, "sheet-half-256.txt")
  }

  @Test("characters without colours", arguments: [Canvas.Graphics.shade, .braille, .ascii])
  func characters(graphics: Canvas.Graphics) throws {
    let text = try grid(8, 4).text(on: Canvas(columns: 80, rows: 24, graphics: graphics))
    expectGolden(text, "sheet-\(graphics.rawValue).txt")
    #expect(!text.contains("\u{1B}"))
    #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth() <= 80 })
  }

  @Test("every encoder keeps within the terminal's width", arguments: [1, 3, 8, 10, 25], [20, 80, 121])
  func width(columns: Int, terminal: Int) throws {
    for graphics in [Canvas.Graphics.shade, .braille, .ascii] {
      let text = try grid(50, columns).text(on: Canvas(columns: terminal, rows: 24, graphics: graphics))
      #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth() <= terminal })
    }
  }

  @Test("two screens are the limit, and what is left out is said")
  func limit() throws {
    let canvas = Canvas(columns: 80, rows: 24, graphics: .braille)
    var sheet = try grid(200, 8)
    let lines = sheet.text(on: canvas).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 51)
    #expect(lines.contains("… 16 more rows: rows=\"all\" shows all"))
    sheet.showsAllRows = true
    #expect(sheet.text(on: canvas).split(separator: "\n", omittingEmptySubsequences: false).count == 120)
  }

  @Test("wide sheets whose columns mean something are shown in bands, others run on")
  func wide() throws {
    let classes = (0..<10).map { "class \($0)" }
    let bands = try Sheet.classByNoise(rings(20), classes: classes, caption: "by class").plainText
    #expect(bands.contains("columns 1 to 5 of 10\n"))
    #expect(bands.contains("columns 6 to 10 of 10\n"))
    #expect(try grid(20, 10).plainText.contains("(8 pictures a line"))
  }

  @Test("every kind of sheet in a terminal of 80 and of 120 columns, and its pixels")
  func kinds() throws {
    let tiles = try rings(16)
    let colours = try (0..<6).map { tile in
      try Bitmap(width: 12, height: 12, format: .rgb, pixels: (0..<432).map { UInt8(($0 * (tile + 3)) % 256) })
    }
    let kinds: [(String, Sheet)] = [
      ("pairs", .pairs([("data", Array(tiles[..<8])), ("recon", Array(tiles[8...]))], caption: "pairs")),
      ("walk", .walk(Array(tiles[..<8]), positions: (0..<8).map(String.init), caption: "a walk")),
      ("manifold", .manifold(tiles, side: 4, caption: "a manifold")),
      ("classes", .classByNoise(tiles, classes: ["0", "1", "鞋", "3"], caption: "classes by noise")),
      ("time", .overTime([("step 1", Array(tiles[..<8])), ("step 2", Array(tiles[8...]))], caption: "over time")),
      ("colours", Sheet(colours, columns: 3, caption: "colours")),
      ("labelled", Sheet(Array(tiles[..<4]), columns: 4, caption: "labelled", labels: ["T-shirt", "鞋", "", "0"])),
    ]
    for (name, sheet) in kinds {
      let small = sheet.text(on: Canvas(columns: 80, rows: 24, graphics: .half, color: .full))
      let large = sheet.text(on: Canvas(columns: 120, rows: 40, graphics: .half, color: .full))
      let sight = try "\(fingerprint(sheet.bitmap()))\n\(sheet.alternativeText(.english))"
      expectGolden([small, large, sheet.plainText, sight].joined(separator: "\n\n") + "\n", "kind-\(name).txt")
    }
  }

  @Test("names and labels stand beside their tiles")
  func names() throws {
    var sheet = try Sheet.pairs([("original", rings(4)), ("reconstruction", rings(3))], caption: "pairs of 环")
    sheet.labels = ["数字零", "one", "two", "three"]
    expectGolden(sheet.plainText, "sheet-names.txt")
  }

  @Test("reader mode says what is there")
  func reader() throws {
    var sheet = try Sheet.pairs([("original", rings(2)), ("reconstruction", rings(2))], caption: "two rings")
    sheet.labels = ["7", "2", "7", "1"]
    let text = sheet.text(on: Canvas(graphics: .half, color: .full, reader: true))
    #expect(text == "two rings; rows: original, reconstruction\nlabels, row by row: 7 2 7 1")
    #expect(sheet.alternativeText == "two rings; rows: original, reconstruction")
  }

  @Test("terminal graphics: the escape sequences and the caption after them")
  func inlinePictures() throws {
    let sheet = try grid(2, 2)
    let kitty = sheet.text(on: Canvas(graphics: .kitty, color: .full))
    #expect(kitty.hasPrefix("\u{1B}_Ga=T,f=100,q=2,c=15,m=0;iVBORw0KGgo"))
    #expect(kitty.hasSuffix("\u{1B}\\\n2 rings"))
    let iterm = sheet.text(on: Canvas(graphics: .iterm, color: .full))
    #expect(iterm.hasPrefix("\u{1B}]1337;File=inline=1;size="))
    #expect(iterm.contains(";width=15;preserveAspectRatio=1:iVBORw0KGgo"))
    expectGolden(sheet.text(on: Canvas(graphics: .sixel, color: .full)), "sheet-sixel.txt")
  }

  @Test("a large file goes to kitty in pieces")
  func kittyPieces() throws {
    var noise: UInt64 = 3
    let pixels = (0..<9216).map { _ in
      noise = noise &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(noise >> 56)
    }
    let tile = try Bitmap(width: 96, height: 96, format: .grey, pixels: pixels)
    let text = Sheet([tile], columns: 1, caption: "").text(on: Canvas(graphics: .kitty, color: .full))
    #expect(text.contains(",m=1;"))
    #expect(text.contains("\u{1B}_Gm=0;"))
  }

  @Test("captions cannot smuggle escape codes")
  func caption() throws {
    let sheet = try Sheet(rings(1), columns: 1, caption: "\u{1B}]0;title\u{7}x")
    #expect(!sheet.plainText.contains("\u{1B}"))
  }

  @Test("odd sizes are drawn", arguments: [(1, 1), (1, 60), (60, 1), (64, 64)])
  func sizes(width: Int, height: Int) throws {
    let tile = try Bitmap(width: width, height: height, format: .grey, filledWith: 255)
    for graphics in Canvas.Graphics.allCases {
      let text = Sheet([tile], columns: 1, caption: "tile").text(on: Canvas(graphics: graphics, color: .full))
      #expect(text.hasSuffix("tile"))
    }
  }
}
