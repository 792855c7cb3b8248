// SPDX-License-Identifier: Apache-2.0
public import Images

extension Sheet {
  /// Pictures above their counterparts, such as originals above reconstructions.
  ///
  /// - Parameters:
  ///   - rows: The rows from the top, each with a name and its tiles.
  ///   - caption: One sentence.
  /// - Returns: A sheet with a column for each counterpart.
  public static func pairs(_ rows: [(name: String, tiles: [Bitmap])], caption: String) -> Sheet {
    let columns = rows.map(\.tiles.count).max() ?? 1
    let tiles = rows.flatMap { row in
      row.tiles.map(Optional.some) + [Bitmap?](repeating: nil, count: columns - row.tiles.count)
    }
    return Sheet(tiles, columns: columns, caption: caption, rowNames: rows.map(\.name))
  }

  /// A way from one picture to another, the steps from left to right.
  ///
  /// - Parameters:
  ///   - tiles: The steps, both ends included.
  ///   - positions: How far each step is along the way; empty for none.
  ///   - caption: One sentence.
  /// - Returns: A sheet of one row.
  public static func walk(_ tiles: [Bitmap], positions: [String] = [], caption: String) -> Sheet {
    Sheet(tiles, columns: tiles.count, caption: caption, columnNames: positions)
  }

  /// What a decoder draws over a plane of codes: the first code rises from left to right, the second from bottom to
  /// top.
  ///
  /// - Parameters:
  ///   - tiles: The pictures, row by row from the top; as many as `side × side`.
  ///   - side: Tiles along each side.
  ///   - caption: One sentence.
  /// - Returns: A square sheet.
  public static func manifold(_ tiles: [Bitmap], side: Int, caption: String) -> Sheet {
    Sheet(tiles, columns: side, caption: caption)
  }

  /// Pictures by class and noise: each row one noise, each column one class.
  ///
  /// - Parameters:
  ///   - tiles: The pictures, row by row.
  ///   - classes: The names of the classes, one for each column.
  ///   - caption: One sentence.
  /// - Returns: A sheet with the classes' names above its columns.
  public static func classByNoise(_ tiles: [Bitmap], classes: [String], caption: String) -> Sheet {
    Sheet(tiles, columns: max(1, classes.count), caption: caption, columnNames: classes)
  }

  /// The same noise at several times: each row one time, from the first to the last.
  ///
  /// - Parameters:
  ///   - rows: The times with their tiles.
  ///   - caption: One sentence.
  /// - Returns: A sheet with the times' names beside its rows.
  public static func overTime(_ rows: [(name: String, tiles: [Bitmap])], caption: String) -> Sheet {
    pairs(rows, caption: caption)
  }
}
