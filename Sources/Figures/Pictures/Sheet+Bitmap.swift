// SPDX-License-Identifier: Apache-2.0
public import Images

extension Sheet {
  /// The grey of the lines between the tiles: visible beside black and beside white.
  static let gapGrey: UInt8 = 96

  /// The sheet as one picture, its tiles one pixel apart.
  ///
  /// - Parameters:
  ///   - scale: How often each pixel is repeated in both directions.
  ///   - room: The width to stay within, by a smaller scale and then by smaller tiles; nil for none.
  /// - Returns: Grey when all tiles are grey, else RGB.
  /// - Throws: `ImageError.emptySide` without tiles, `.tooLarge` beyond the limit of bitmaps.
  public func bitmap(scale: Int = 2, fittingWidth room: Int? = nil) throws(ImageError) -> Bitmap {
    guard !tiles.isEmpty else { throw .emptySide(width: 0, height: 0) }
    var (width, height) = drawnTileSize
    var scale = max(1, scale)
    if let room {
      while scale > 1, SheetFrame(self, tileWidth: width, tileHeight: height).width * scale > room { scale -= 1 }
      let margin = SheetFrame(self, tileWidth: width, tileHeight: height).margin
      let widest = max(1, (room - margin - 1) / columns - 1)
      if widest < width { (width, height) = (widest, max(1, height * widest / width)) }
    }
    return try composed(tileWidth: width, tileHeight: height).enlarged(by: scale)
  }

  /// How often the pixels of small tiles are repeated, so that they can be seen and named: up to the usual 28 pixels,
  /// while the sheet stays narrow.
  private var drawnTileSize: (width: Int, height: Int) {
    let size = tileSize
    let fitting = (420 / columns - 1) / size.width
    let scale = max(1, min(28 / max(size.width, size.height), fitting))
    return (size.width * scale, size.height * scale)
  }

  /// Sentences with the names and labels that the picture has no letters or no room for.
  public func unwrittenNames(_ wording: Wording) -> [String] {
    let size = drawnTileSize
    let missing = SheetFrame(self, tileWidth: size.width, tileHeight: size.height).missingNames(of: self)
    var sentences: [String] = []
    if missing.rows { sentences.append(wording("rows: ", "各行：") + rowNames.joined(separator: ", ")) }
    if missing.columns { sentences.append(wording("columns: ", "各列：") + columnNames.joined(separator: ", ")) }
    if missing.labels { sentences.append(wording("labels, row by row: ", "标签（逐行）：") + labels.joined(separator: ", ")) }
    return sentences
  }

  private func composed(tileWidth: Int, tileHeight: Int) throws(ImageError) -> Bitmap {
    let isGrey = tiles.allSatisfy { $0.map { $0.format == .grey } ?? true }
    let format: Bitmap.Format = isGrey ? .grey : .rgb
    let size = tileSize
    let frame = SheetFrame(self, tileWidth: tileWidth, tileHeight: tileHeight)
    var picture = try Bitmap(width: frame.width, height: frame.height, format: format, filledWith: Self.gapGrey)
    for (index, tile) in tiles.enumerated() {
      guard var tile else { continue }
      if (tileWidth, tileHeight) != size {
        tile = try tile.areaAveraged(
          width: max(1, tile.width * tileWidth / size.width), height: max(1, tile.height * tileHeight / size.height))
      }
      // Tiles smaller than the largest stand in the middle of their place.
      let place = frame.place(row: index / columns, column: index % columns)
      picture.paste(
        tile.converted(to: format), x: place.x + (tileWidth - tile.width) / 2,
        y: place.y + (tileHeight - tile.height) / 2)
    }
    frame.write(self, on: &picture)
    return picture
  }
}
