// SPDX-License-Identifier: Apache-2.0
public import Images

/// Small pictures in rows and columns: samples, pairs, walks, manifolds, data.
public struct Sheet: Figure, Hashable {
  /// The pictures, row by row, of any size and format; nil leaves a place empty.
  public var tiles: [Bitmap?]
  /// How many stand side by side, at least 1.
  public var columns: Int
  /// What is said below each tile, in the order of `tiles`; empty for nothing.
  public var labels: [String]
  /// What each row shows; empty when rows mean nothing of their own.
  public var rowNames: [String]
  /// What each column shows; empty when columns mean nothing of their own.
  public var columnNames: [String]
  /// What is said below the picture.
  public var caption: String
  /// What is to be seen, for those who cannot see it; the caption when empty.
  public var details: String
  /// Whether a terminal gets all rows, however many screens they fill.
  public var showsAllRows: Bool

  /// Makes a sheet.
  ///
  /// - Parameters:
  ///   - tiles: The pictures, row by row.
  ///   - columns: How many stand side by side.
  ///   - caption: One sentence.
  ///   - labels: What is said below each tile.
  ///   - rowNames: What each row shows.
  ///   - columnNames: What each column shows.
  ///   - details: A longer description for those who cannot see the picture.
  public init(
    _ tiles: [Bitmap?], columns: Int, caption: String, labels: [String] = [], rowNames: [String] = [],
    columnNames: [String] = [], details: String = ""
  ) {
    self.tiles = tiles
    self.columns = min(max(1, columns), max(1, tiles.count))
    self.caption = caption.onOneLine
    self.labels = labels.map(\.onOneLine)
    self.rowNames = rowNames.map(\.onOneLine)
    self.columnNames = columnNames.map(\.onOneLine)
    self.details = details.onOneLine
    showsAllRows = false
  }

  /// How many rows there are.
  public var rows: Int { (tiles.count + columns - 1) / columns }

  /// What is to be seen: the details, or else the caption, with the names of rows and columns.
  public func alternativeText(_ wording: Wording) -> String {
    wording.list([details.isEmpty ? caption : details] + spokenNames(wording))
  }

  /// The names as parts of a sentence.
  private func spokenNames(_ wording: Wording) -> [String] {
    var parts: [String] = []
    if !rowNames.isEmpty { parts.append(wording("rows: ", "各行：") + rowNames.joined(separator: ", ")) }
    if !columnNames.isEmpty { parts.append(wording("columns: ", "各列：") + columnNames.joined(separator: ", ")) }
    return parts
  }

  /// Whether a tile's place has a meaning, so that tiles must not be moved to other rows.
  var isAligned: Bool { !rowNames.isEmpty || !columnNames.isEmpty || rows == 1 }

  /// The size of the largest tile.
  var tileSize: (width: Int, height: Int) {
    tiles.reduce((1, 1)) { size, tile in
      (max(size.0, tile?.width ?? 1), max(size.1, tile?.height ?? 1))
    }
  }

  /// The tile at a place; nil beyond the last.
  func tile(_ row: Int, _ column: Int) -> Bitmap? {
    let index = row * columns + column
    return column < columns && index < tiles.count ? tiles[index] : nil
  }

  /// The label at a place; empty beyond the last.
  func label(_ row: Int, _ column: Int) -> String {
    let index = row * columns + column
    return column < columns && index < labels.count ? labels[index] : ""
  }
}
