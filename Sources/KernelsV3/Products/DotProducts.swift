// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Whether a product is better taken as dot products: both sides are runs of the depth, long enough that adding up lanes
/// hardly counts and short enough for a block of columns in the first cache.
func prefersDotProducts(_ product: MatrixProduct, _ depthStride: Int) -> Bool {
  depthStride == 1 && product.leftDepthStride == 1 && !product.accumulates
    && (6 * lanes..<1600).contains(product.depth)
}

/// Rows that pass by all columns before the next: they stay in the second cache.
private let rowsOfBlock = 128

/// A product as dot products, from a right side as it stands, for rows and columns in a range.
func multiplyAsDotProducts(
  _ product: MatrixProduct, _ right: Floats, _ columnStride: Int, _ firstRow: Int, _ endRow: Int, _ firstColumn: Int,
  _ endColumn: Int
) {
  var row = firstRow
  while row < endRow {
    let end = min(row + rowsOfBlock, endRow)
    var column = firstColumn
    while column < endColumn {
      // A few columns stay in the first cache while the rows pass by.
      let count = min(DotTile.columns, endColumn - column)
      let columns = DotColumns(right + column * columnStride, columnStride, count)
      multiplyDotTiles(product, columns, row, end, column, count)
      column += count
    }
    row = end
  }
}

/// Some columns with rows in a range, two at a time.
private func multiplyDotTiles(
  _ product: MatrixProduct, _ columns: DotColumns, _ firstRow: Int, _ endRow: Int, _ column: Int, _ count: Int
) {
  var row = firstRow
  while row < endRow {
    let left = product.left + row * product.leftRowStride
    let output = product.output + row * product.outputRowStride + column
    let isPair = row + 1 < endRow
    multiplyDotTile(
      product.depth, left, isPair ? left + product.leftRowStride : left, columns, output,
      isPair ? product.outputRowStride : 0, count)
    row += 2
  }
}

/// One tile; where the output's rows are 0 apart there is just one row.
@inline(never)
private func multiplyDotTile(
  _ depth: Int, _ row0: Floats, _ row1: Floats, _ columns: DotColumns, _ output: MutableFloats, _ rowStride: Int,
  _ count: Int
) {
  var tile = DotTile()
  tile.add(depth: depth, row0, row1, columns)
  let (first, second) = (tile.firstTotals, tile.secondTotals)
  if count == DotTile.columns {
    UnsafeMutableRawPointer(output).storeBytes(of: first, as: DotTotals.self)
    UnsafeMutableRawPointer(output + rowStride).storeBytes(of: second, as: DotTotals.self)
  } else {
    for column in 0..<count {
      output[column] = first[column]
      output[rowStride + column] = second[column]
    }
  }
}
