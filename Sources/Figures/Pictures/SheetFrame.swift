// SPDX-License-Identifier: Apache-2.0
import Images

/// Where tiles and their names stand in the picture of a sheet.
///
/// Names and labels are written where the picture's letters have all of their characters and the tiles room for them;
/// otherwise `Sheet.unwrittenNames` says them.
struct SheetFrame {
  private let tileWidth, tileHeight: Int
  private let rows, columns: Int
  private let left, top, below: Int

  init(_ sheet: Sheet, tileWidth: Int, tileHeight: Int) {
    (self.tileWidth, self.tileHeight) = (tileWidth, tileHeight)
    (rows, columns) = (sheet.rows, sheet.columns)
    let letters = sheet.rowNames.map { min($0.displayWidth(), 24) }.max() ?? 0
    left = Self.isWritable(sheet.rowNames) ? letters * PixelFont.advance + 3 : 0
    top = Self.isWritable(sheet.columnNames, width: tileWidth) ? Self.lineHeight : 0
    below = Self.isWritable(sheet.labels, width: tileWidth) ? Self.lineHeight : 0
  }

  /// Room for a line of letters, those that reach below it included.
  private static let lineHeight = 11

  /// Whether the names can be written, each within `width` pixels when that is given.
  private static func isWritable(_ names: [String], width: Int? = nil) -> Bool {
    names.contains { !$0.isEmpty } && names.allSatisfy(PixelFont.canWrite)
      && names.allSatisfy { $0.displayWidth() * PixelFont.advance <= (width ?? .max) }
  }

  /// Which of the names the picture lacks.
  func missingNames(of sheet: Sheet) -> (rows: Bool, columns: Bool, labels: Bool) {
    (
      left == 0 && !sheet.rowNames.isEmpty, top == 0 && !sheet.columnNames.isEmpty,
      below == 0 && sheet.labels.contains { !$0.isEmpty }
    )
  }

  /// The room left of the tiles, in pixels.
  var margin: Int { left }

  /// The size of the picture; what would overflow becomes too large to be made.
  var width: Int { Self.sum(left, columns, tileWidth + 1) }
  var height: Int { Self.sum(top, rows, tileHeight + 1 + below) }

  private static func sum(_ margin: Int, _ count: Int, _ size: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    return overflow || product > Bitmap.pixelLimit ? Bitmap.pixelLimit + 1 : product + margin + 1
  }

  /// The top left pixel of a tile.
  func place(row: Int, column: Int) -> (x: Int, y: Int) {
    (left + 1 + column * (tileWidth + 1), top + 1 + row * (tileHeight + 1 + below))
  }

  /// Writes names and labels.
  func write(_ sheet: Sheet, on picture: inout Bitmap) {
    for (row, name) in sheet.rowNames.prefix(rows).enumerated() where left > 0 {
      let y = place(row: row, column: 0).y + (tileHeight - PixelFont.ascent) / 2
      Self.write(name.cut(to: 24), x: 2, y: y, on: &picture)
    }
    for (column, name) in sheet.columnNames.prefix(columns).enumerated() where top > 0 {
      writeCentred(name, above: place(row: 0, column: column), on: &picture)
    }
    for (index, label) in sheet.labels.prefix(sheet.tiles.count).enumerated() where below > 0 {
      let place = place(row: index / columns, column: index % columns)
      writeCentred(label, above: (place.x, place.y + tileHeight + Self.lineHeight), on: &picture)
    }
  }

  private func writeCentred(_ text: String, above place: (x: Int, y: Int), on picture: inout Bitmap) {
    let length = text.displayWidth() * PixelFont.advance - 1
    Self.write(text, x: place.x + (tileWidth - length) / 2, y: place.y - Self.lineHeight + 1, on: &picture)
  }

  private static func write(_ text: String, x: Int, y: Int, on picture: inout Bitmap) {
    let white = [UInt8](repeating: 255, count: picture.format.channels)
    for (place, character) in text.enumerated() {
      for (row, bits) in PixelFont.rows(of: character).enumerated() {
        for column in 0..<5 where bits & (0x10 >> UInt8(column)) != 0 {
          picture.fill(white, x: x + place * PixelFont.advance + column, y: y + row, width: 1, height: 1)
        }
      }
    }
  }
}
