// SPDX-License-Identifier: Apache-2.0

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

/// Writes target[k, c] = source[c, k] for `width` columns, a multiple of 4, by blocks of 4 x 4 in registers.
func packTransposing(
  _ source: Floats, _ columnStride: Int, _ depth: Int, _ width: Int, _ target: MutableFloats
) {
  let whole = depth & ~3
  var k = 0
  while k < whole {
    var column = 0
    while column < width {
      transpose4(source + column * columnStride + k, columnStride, target + k * width + column, width)
      column += 4
    }
    k += 4
  }
  for k in whole..<depth {
    for column in 0..<width { target[k * width + column] = source[column * columnStride + k] }
  }
}

/// Transposes 4 x 4 floats.
@inline(__always) func transpose4(_ source: Floats, _ stride: Int, _ target: MutableFloats, _ targetStride: Int) {
  let a = load4(source)
  let b = load4(source + stride)
  let c = load4(source + 2 * stride)
  let d = load4(source + 3 * stride)
  // Pairs of rows first: (a0 c0 a1 c1), (a2 c2 a3 c3) and the same of b and d.
  let acLow = SIMD4(a[0], c[0], a[1], c[1])
  let acHigh = SIMD4(a[2], c[2], a[3], c[3])
  let bdLow = SIMD4(b[0], d[0], b[1], d[1])
  let bdHigh = SIMD4(b[2], d[2], b[3], d[3])
  store4(SIMD4(acLow[0], bdLow[0], acLow[1], bdLow[1]), target)
  store4(SIMD4(acLow[2], bdLow[2], acLow[3], bdLow[3]), target + targetStride)
  store4(SIMD4(acHigh[0], bdHigh[0], acHigh[1], bdHigh[1]), target + 2 * targetStride)
  store4(SIMD4(acHigh[2], bdHigh[2], acHigh[3], bdHigh[3]), target + 3 * targetStride)
}

@inline(__always) private func load4(_ address: Floats) -> SIMD4<Float> {
  UnsafeRawPointer(address).loadUnaligned(as: SIMD4<Float>.self)
}

@inline(__always) private func store4(_ value: SIMD4<Float>, _ address: MutableFloats) {
  UnsafeMutableRawPointer(address).storeBytes(of: value, as: SIMD4<Float>.self)
}
