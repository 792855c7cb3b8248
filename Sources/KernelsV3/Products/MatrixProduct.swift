// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Depth walked before the next row of tiles, at most: a panel's part of that depth stays in the first cache.
private let mostDepth = 272
/// Rows whose left side is packed at a time: with the depth above it stays in the second cache.
private let rowsOfBlock = 16 * MatrixTile.rows

/// The part of a product in the given rows and panels.
func multiply(
  _ product: UnsafePointer<MatrixProduct>, _ firstRow: Int, _ endRow: Int, _ firstPanel: Int, _ endPanel: Int
) {
  multiply(product, .packed(product.pointee.panels), firstRow, endRow, firstPanel, endPanel)
}

/// The part of a product in the given rows and panels, from a right side that is packed part by part on the way.
func multiplyUnpacked(
  _ product: UnsafePointer<MatrixProduct>, _ right: Floats, _ depthStride: Int, _ columnStride: Int, _ firstRow: Int,
  _ endRow: Int, _ firstPanel: Int, _ endPanel: Int
) {
  guard firstRow < endRow, firstPanel < endPanel else { return }
  guard prefersDotProducts(product.pointee, depthStride) else {
    return multiply(product, .strided(right, depthStride, columnStride), firstRow, endRow, firstPanel, endPanel)
  }
  let width = MatrixTile.columns
  let endColumn = min(endPanel * width, product.pointee.columns)
  multiplyAsDotProducts(product.pointee, right, columnStride, firstRow, endRow, firstPanel * width, endColumn)
  finish(product.pointee, firstRow, endRow, firstPanel, endPanel)
}

/// Where a right side comes from.
private enum RightSide {
  case packed(Floats)
  case strided(Floats, _ depthStride: Int, _ columnStride: Int)

  /// A panel's part of the depth and how far apart its rows are; `scratch` has room for what must be packed.
  @inline(__always)
  func panel(
    _ panel: Int, _ product: MatrixProduct, _ depth: Int, _ count: Int, _ scratch: MutableFloats
  ) -> (Floats, step: Int) {
    let width = MatrixTile.columns
    switch self {
    case .packed(let panels): return (panels + panel * width * product.depth + depth * width, width)
    case .strided(let right, let depthStride, let columnStride):
      let from = right + depth * depthStride + panel * width * columnStride
      let columns = product.columns - panel * width
      // Rows a multiple of a page apart would push each other out of the first cache.
      if columnStride == 1 && columns >= width && depthStride % 1024 != 0 { return (from, depthStride) }
      packPanels(from, depthStride, columnStride, count, columns, scratch, 0, 1)
      return (UnsafePointer(scratch), width)
    }
  }
}

private func multiply(
  _ product: UnsafePointer<MatrixProduct>, _ right: RightSide, _ firstRow: Int, _ endRow: Int, _ firstPanel: Int,
  _ endPanel: Int
) {
  guard firstRow < endRow, firstPanel < endPanel else { return }
  let scratch = threadScratch()
  var row = firstRow
  while row < endRow {
    let end = min(row + rowsOfBlock, endRow)
    multiplyRows(product.pointee, right, row, end, firstPanel, endPanel, scratch)
    row = end
  }
}

/// A block of rows: its left side is packed once for each part of the depth, then used by all panels.
private func multiplyRows(
  _ product: MatrixProduct, _ right: RightSide, _ firstRow: Int, _ endRow: Int, _ firstPanel: Int, _ endPanel: Int,
  _ packed: MutableFloats
) {
  // Parts of nearly one length: a short last one would cost as much as a long one.
  let parts = max(1, (product.depth + mostDepth - 1) / mostDepth)
  let length = (product.depth + parts - 1) / parts
  let scratch = packed + (rowsOfBlock + 1) * mostDepth
  var depth = 0
  repeat {
    let count = min(length, product.depth - depth)
    packLeft(product, firstRow, endRow, depth, count, packed)
    for panel in firstPanel..<endPanel {
      let panels = right.panel(panel, product, depth, count, scratch)
      multiplyPanel(product, panels, firstRow, endRow, panel, depth, count, packed)
    }
    depth += count
  } while depth < product.depth
  finish(product, firstRow, endRow, firstPanel, endPanel)
}

/// Packs rows of the left side into blocks [depth, rows of a tile], filled up with zeros.
private func packLeft(
  _ product: MatrixProduct, _ firstRow: Int, _ endRow: Int, _ depth: Int, _ count: Int, _ packed: MutableFloats
) {
  let height = MatrixTile.rows
  var target = packed
  var row = firstRow
  while row < endRow {
    let source = product.left + row * product.leftRowStride + depth * product.leftDepthStride
    let readsBlocks = row + blockEdge <= product.rows
    if product.leftDepthStride == 1 && readsBlocks {
      packTileTransposing(source, product.leftRowStride, count, target)
    } else if product.leftRowStride == 1 && readsBlocks {
      for k in 0..<count { storeRow(loadRow(source + k * product.leftDepthStride), target + k * height) }
    } else {
      let rows = min(height, endRow - row)
      packStrided(source, product.leftDepthStride, product.leftRowStride, count, rows, height, target)
    }
    row += height
    target += height * count
  }
}

/// Packs the rows of one tile, each a run of the depth; reads as many rows as a block has.
///
/// A tile of six rows lets the block's last two floats fall on the next place of the depth, which then overwrites them.
private func packTileTransposing(_ source: Floats, _ rowStride: Int, _ count: Int, _ target: MutableFloats) {
  let height = MatrixTile.rows
  var k = 0
  while k + blockEdge <= count {
    transposeBlock(source + k, rowStride, target + k * height, height)
    k += blockEdge
  }
  packStrided(source + k, 1, rowStride, count - k, height, height, target + k * height)
}

/// One panel's part of the depth for a block of rows.
private func multiplyPanel(
  _ product: MatrixProduct, _ right: (Floats, step: Int), _ firstRow: Int, _ endRow: Int, _ panel: Int, _ depth: Int,
  _ count: Int, _ packed: MutableFloats
) {
  let width = MatrixTile.columns
  let columns = min(width, product.columns - panel * width)
  let adds = depth > 0 || product.accumulates
  var left = packed
  var row = firstRow
  while row < endRow {
    let rows = min(MatrixTile.rows, endRow - row)
    let output = product.output + row * product.outputRowStride + panel * width
    if rows == MatrixTile.rows && columns == width {
      multiplyTile(count, left, right, output, product.outputRowStride, adds)
    } else {
      multiplyPartialTile(count, left, right, output, product.outputRowStride, adds, rows, columns)
    }
    row += MatrixTile.rows
    left += MatrixTile.rows * count
  }
}

@inline(never)
private func multiplyTile(
  _ depth: Int, _ left: Floats, _ right: (Floats, step: Int), _ output: MutableFloats, _ rowStride: Int, _ adds: Bool
) {
  var tile = MatrixTile()
  if adds { tile.take(from: output, rowStride: rowStride) }
  tile.add(depth: depth, left: left, right: right.0, rightStep: right.step)
  tile.put(into: output, rowStride: rowStride)
}

/// A tile at the lower or right edge, by way of a whole one.
@inline(never)
private func multiplyPartialTile(
  _ depth: Int, _ left: Floats, _ right: (Floats, step: Int), _ output: MutableFloats, _ rowStride: Int, _ adds: Bool,
  _ rows: Int, _ columns: Int
) {
  let width = MatrixTile.columns
  var storage = MatrixTile()
  withUnsafeMutablePointer(to: &storage) { storage in
    let whole = UnsafeMutableRawPointer(storage).assumingMemoryBound(to: Float.self)
    for row in 0..<rows where adds {
      for column in 0..<columns { whole[row * width + column] = output[row * rowStride + column] }
    }
    multiplyTile(depth, left, right, whole, width, adds)
    for row in 0..<rows {
      for column in 0..<columns { output[row * rowStride + column] = whole[row * width + column] }
    }
  }
}

/// Bias and activation, over the part just written.
private func finish(
  _ product: MatrixProduct, _ firstRow: Int, _ endRow: Int, _ firstPanel: Int, _ endPanel: Int
) {
  guard product.bias != nil || product.activation != .identity else { return }
  let first = firstPanel * MatrixTile.columns
  let count = min(endPanel * MatrixTile.columns, product.columns) - first
  for row in firstRow..<endRow {
    let output = product.output + row * product.outputRowStride + first
    if let bias = product.bias { addInPlace(output, bias + first, count) }
    activateInPlace(output, count, product.activation, product.slope)
  }
}
