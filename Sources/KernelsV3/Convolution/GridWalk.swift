// SPDX-License-Identifier: Apache-2.0

/// A walk over the places of a grid in image after image.
struct GridWalk {
  let rows, columns: Int
  var image, row, column: Int

  /// Starts at a place counted through all images.
  init(_ place: Int, _ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    image = place / (rows * columns)
    row = place / columns % rows
    column = place % columns
  }

  @inline(__always) mutating func advance() {
    column += 1
    guard column == columns else { return }
    column = 0
    row += 1
    guard row == rows else { return }
    row = 0
    image += 1
  }
}
