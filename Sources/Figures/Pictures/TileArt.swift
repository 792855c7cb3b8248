// SPDX-License-Identifier: Apache-2.0
import Images

/// How tiles become characters: the pixels that a character holds, and the encoder.
struct TileArt {
  /// The encoders that draw with characters.
  enum Style {
    case half, shade, braille, ascii
  }

  private let style: Style
  private let color: Canvas.Color
  private let fillsBlanks: Bool

  init(_ canvas: Canvas) {
    color = canvas.color
    fillsBlanks = canvas.fillsBraille
    switch canvas.graphics {
    case .ascii: style = .ascii
    case .braille: style = .braille
    // Half blocks live on colours; with fewer than 256 shades say more.
    case .half where canvas.unicode && canvas.color >= .palette: style = .half
    default: style = canvas.unicode ? .shade : .ascii
    }
  }

  /// Pixels of a character, across and down.
  private var pixels: (across: Int, down: Int) {
    switch style {
    case .half: (1, 2)
    case .shade, .ascii: (1, 1)
    case .braille: (2, 4)
    }
  }

  /// The narrowest tile, in columns, on which a 28 × 28 picture is still legible.
  var narrowest: Int {
    switch style {
    case .half, .braille: 9
    case .shade, .ascii: 15
    }
  }

  /// How many rows of text a row of tiles takes, the gap below it included.
  func rows(columns: Int, of size: (width: Int, height: Int)) -> Int {
    let height = pixelHeight(columns: columns, size)
    return (height + gap.down + pixels.down - 1) / pixels.down
  }

  /// The height of a tile in pixels; characters are twice as high as wide.
  private func pixelHeight(columns: Int, _ size: (width: Int, height: Int)) -> Int {
    let width = columns * pixels.across
    // Pixels are square except where a character is one pixel, which is then twice as high as wide.
    let divisor = pixels.across * 2 == pixels.down ? 1 : 2
    return max(1, (2 * width * size.height + size.width * divisor) / (2 * size.width * divisor))
  }

  /// Pixels left free between tiles.
  private var gap: (across: Int, down: Int) {
    switch style {
    case .half: (1, 1)
    case .shade, .ascii: (1, 0)
    case .braille: (2, 1)
    }
  }

  /// Rows of tiles as lines of text.
  ///
  /// - Parameters:
  ///   - rows: The tiles of each row; nil for an empty place.
  ///   - tileColumns: The width of a tile in characters.
  ///   - size: The size of the largest tile, which gives the proportions.
  ///   - isGapAbove: Whether what is left free of the last characters stands above a row, not below it.
  /// - Returns: The lines; none when the picture would be too large.
  func lines(
    of rows: [[Bitmap?]], tileColumns: Int, size: (width: Int, height: Int), isGapAbove: Bool = false
  ) -> [String] {
    let width = tileColumns * pixels.across
    let height = pixelHeight(columns: tileColumns, size)
    let count = rows.map(\.count).max() ?? 0
    let shift = isGapAbove && !height.isMultiple(of: pixels.down) ? pixels.down - height % pixels.down : 0
    guard
      var picture = try? Bitmap(
        width: max(1, count * (width + gap.across) - gap.across),
        height: max(1, rows.count * (height + gap.down) - gap.down + shift), format: .rgba)
    else { return [] }
    for (row, tiles) in rows.enumerated() {
      for (column, tile) in tiles.enumerated() {
        guard let tile, let small = try? reduced(tile, width: width, height: height) else { continue }
        picture.paste(small, x: column * (width + gap.across), y: row * (height + gap.down) + shift)
      }
    }
    return encode(picture)
  }

  private func reduced(_ tile: Bitmap, width: Int, height: Int) throws(ImageError) -> Bitmap {
    let small = try tile.areaAveraged(width: width, height: height)
    // Averaging thins strokes out; below half the usual size they get some of their light back.
    let isDim = style == .half && width < 14
    return (isDim ? small.brightened(numerator: 6, denominator: 5) : small).converted(to: .rgba)
  }

  private func encode(_ picture: Bitmap) -> [String] {
    switch style {
    case .half: HalfBlock.lines(of: picture, color: color)
    case .shade: CharacterRamp.shade.lines(of: picture)
    case .braille: Braille.lines(of: picture, fillsBlanks: fillsBlanks)
    case .ascii: CharacterRamp.ascii.lines(of: picture)
    }
  }
}
