// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Packs columns of a matrix into panels [depth, columns of a tile], filled up with zeros.
func packPanels(
  _ matrix: Floats, _ depthStride: Int, _ columnStride: Int, _ depth: Int, _ columns: Int, _ panels: MutableFloats,
  _ firstPanel: Int, _ endPanel: Int
) {
  let width = MatrixTile.columns
  for panel in firstPanel..<max(firstPanel, endPanel) {
    let target = panels + panel * width * depth
    let column = panel * width
    let source = matrix + column * columnStride
    let count = min(width, columns - column)
    if count < width {
      packStrided(source, depthStride, columnStride, depth, count, width, target)
    } else if columnStride == 1 {
      packCopying(source, depthStride, depth, target)
    } else if depthStride == 1 {
      packTransposing(source, columnStride, depth, width, target)
    } else {
      packStrided(source, depthStride, columnStride, depth, width, width, target)
    }
  }
}

/// A panel whose columns lie side by side.
private func packCopying(_ source: Floats, _ depthStride: Int, _ depth: Int, _ target: MutableFloats) {
  var source = source
  var target = target
  for _ in 0..<depth {
    // Rows far apart: the processor does not follow them by itself.
    processorPrefetch(source + 12 * depthStride)
    processorPrefetch(source + 12 * depthStride + lanes)
    store(load(source), target)
    store(load(source + lanes), target + lanes)
    source += depthStride
    target += 2 * lanes
  }
}

/// Any strides and any count: element by element.
func packStrided(
  _ source: Floats, _ depthStride: Int, _ columnStride: Int, _ depth: Int, _ count: Int, _ width: Int,
  _ target: MutableFloats
) {
  for k in 0..<depth {
    let row = target + k * width
    for column in 0..<count { row[column] = source[k * depthStride + column * columnStride] }
    for column in count..<width { row[column] = 0 }
  }
}

/// Writes target[k, c] = source[c, k] for `width` columns.
func packTransposing(
  _ source: Floats, _ columnStride: Int, _ depth: Int, _ width: Int, _ target: MutableFloats
) {
  transpose(source, columnStride, depth, target, width, 0, width)
}
