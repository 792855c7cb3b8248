// SPDX-License-Identifier: Apache-2.0

/// Where the tiles of a sheet stand on a canvas of characters.
struct SheetLayout: Hashable {
  /// The widest tile that says anything more of a 28 × 28 picture, in columns.
  static let widest = 28

  /// Tiles in one line.
  var perLine: Int
  /// Columns of the sheet that make one band each; one band when all fit.
  var bands: [Range<Int>]
  /// Columns of a tile, without the gap after it.
  var tileColumns: Int
  /// Whether the tiles run on from line to line in another number than the sheet's columns.
  var isReflowed = false

  /// Lays out a sheet on a canvas.
  init(_ sheet: Sheet, _ canvas: Canvas, _ art: TileArt) {
    let (width, height, narrowest) = (canvas.width, canvas.rows, art.narrowest)
    func rowHeight(_ tileColumns: Int) -> Int { art.rows(columns: tileColumns, of: sheet.tileSize) }
    let widest = max(Self.widest, sheet.tileSize.width)
    func fitting(_ count: Int) -> Int { min(max(width / count - 1, narrowest), widest) }
    let most = max(1, width / (narrowest + 1))
    if sheet.columns <= most {
      (perLine, bands) = (sheet.columns, [0..<sheet.columns])
      tileColumns = fitting(sheet.columns)
      // Only pictures larger than the usual 28 pixels give way to the height.
      while tileColumns > Self.widest, sheet.rows * rowHeight(tileColumns) > height { tileColumns -= 1 }
    } else if sheet.isAligned {
      let count = (sheet.columns + most - 1) / most
      perLine = (sheet.columns + count - 1) / count
      bands = Self.split(sheet.columns, perLine)
      tileColumns = fitting(perLine)
      while tileColumns > narrowest, sheet.rows * bands.count * rowHeight(tileColumns) > height {
        tileColumns -= 1
      }
    } else {
      (perLine, bands, isReflowed) = (most, [0..<most], true)
      tileColumns = narrowest
    }
  }

  private static func split(_ count: Int, _ size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
