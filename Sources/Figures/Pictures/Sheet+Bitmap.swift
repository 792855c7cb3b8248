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
    let size = tileSize
    var width = size.width
    var height = size.height
    var scale = max(1, scale)
    if let room {
      while scale > 1, (columns * (width + 1) + 1) * scale > room { scale -= 1 }
      let widest = max(1, (room - 1) / columns - 1)
      if widest < width { (width, height) = (widest, max(1, height * widest / width)) }
    }
    return try composed(tileWidth: width, tileHeight: height).enlarged(by: scale)
  }

  private func composed(tileWidth: Int, tileHeight: Int) throws(ImageError) -> Bitmap {
    let isGrey = tiles.allSatisfy { $0.map { $0.format == .grey } ?? true }
    let format: Bitmap.Format = isGrey ? .grey : .rgb
    let size = tileSize
    let (width, wide) = columns.multipliedReportingOverflow(by: tileWidth + 1)
    let (height, high) = rows.multipliedReportingOverflow(by: tileHeight + 1)
    guard !wide, !high else { throw .tooLarge(width: size.width, height: size.height, limit: Bitmap.pixelLimit) }
    var picture = try Bitmap(width: width + 1, height: height + 1, format: format, filledWith: Self.gapGrey)
    for (index, tile) in tiles.enumerated() {
      guard var tile else { continue }
      if (tileWidth, tileHeight) != size {
        tile = try tile.areaAveraged(
          width: max(1, tile.width * tileWidth / size.width), height: max(1, tile.height * tileHeight / size.height))
      }
      // Tiles smaller than the largest stand in the middle of their place.
      let x = 1 + index % columns * (tileWidth + 1) + (tileWidth - tile.width) / 2
      let y = 1 + index / columns * (tileHeight + 1) + (tileHeight - tile.height) / 2
      picture.paste(tile.converted(to: format), x: x, y: y)
    }
    return picture
  }
}
