// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A product of few rows or few columns from a right side as it stands, each column a run of the depth: dot products.
func multiplyFewRows(
  _ product: UnsafePointer<MatrixProduct>, _ right: Floats, _ columnStride: Int, _ firstRow: Int, _ endRow: Int,
  _ firstColumn: Int, _ endColumn: Int
) {
  let product = product.pointee
  guard firstRow < endRow, firstColumn < endColumn else { return }
  if endColumn - firstColumn >= 4 {
    for row in firstRow..<endRow { multiplyRow(product, right, columnStride, row, firstColumn, endColumn) }
  } else {
    for column in firstColumn..<endColumn {
      multiplyColumn(product, right + column * columnStride, firstRow, endRow, column)
    }
  }
  guard product.activation != .identity else { return }
  for row in firstRow..<endRow {
    let output = product.output + row * product.outputRowStride + firstColumn
    activateInPlace(output, endColumn - firstColumn, product.activation, product.slope)
  }
}

/// One row: four columns at a time.
private func multiplyRow(
  _ product: MatrixProduct, _ right: Floats, _ columnStride: Int, _ row: Int, _ firstColumn: Int, _ endColumn: Int
) {
  let left = product.left + row * product.leftRowStride
  let output = product.output + row * product.outputRowStride
  var column = firstColumn
  while column + 4 <= endColumn {
    let sums = fourDots(left, right + column * columnStride, columnStride, product.depth)
    for i in 0..<4 { put(sums[i], output + column + i, product, column + i) }
    column += 4
  }
  while column < endColumn {
    put(dotProduct(left, right + column * columnStride, product.depth), output + column, product, column)
    column += 1
  }
}

/// One column: four rows at a time.
private func multiplyColumn(
  _ product: MatrixProduct, _ right: Floats, _ firstRow: Int, _ endRow: Int, _ column: Int
) {
  var row = firstRow
  while row + 4 <= endRow {
    let sums = fourDots(right, product.left + row * product.leftRowStride, product.leftRowStride, product.depth)
    for i in 0..<4 { put(sums[i], product.output + (row + i) * product.outputRowStride + column, product, column) }
    row += 4
  }
  while row < endRow {
    let sum = dotProduct(right, product.left + row * product.leftRowStride, product.depth)
    put(sum, product.output + row * product.outputRowStride + column, product, column)
    row += 1
  }
}

@inline(__always)
private func put(_ sum: Float, _ output: MutableFloats, _ product: MatrixProduct, _ column: Int) {
  var sum = sum
  if let bias = product.bias { sum += bias[column] }
  output.pointee = product.accumulates ? output.pointee + sum : sum
}

/// Dot products of one row with four columns, each summed as `dotProduct` sums.
@inline(__always)
private func fourDots(_ left: Floats, _ right: Floats, _ stride: Int, _ depth: Int) -> SIMD4<Float> {
  var a = Vector.zero
  var b = Vector.zero
  var c = Vector.zero
  var d = Vector.zero
  var k = 0
  while k + lanes <= depth {
    let x = load(left + k)
    a = multiplyAdd(x, load(right + k), a)
    b = multiplyAdd(x, load(right + stride + k), b)
    c = multiplyAdd(x, load(right + 2 * stride + k), c)
    d = multiplyAdd(x, load(right + 3 * stride + k), d)
    k += lanes
  }
  var sums = SIMD4(sumOfLanes(a), sumOfLanes(b), sumOfLanes(c), sumOfLanes(d))
  while k < depth {
    for i in 0..<4 { sums[i] = multiplyAdd(left[k], right[i * stride + k], sums[i]) }
    k += 1
  }
  return sums
}

/// The dot product of two runs.
func dotProduct(_ left: Floats, _ right: Floats, _ depth: Int) -> Float {
  var a = Vector.zero
  var k = 0
  while k + lanes <= depth {
    a = multiplyAdd(load(left + k), load(right + k), a)
    k += lanes
  }
  var result = sumOfLanes(a)
  while k < depth {
    result = multiplyAdd(left[k], right[k], result)
    k += 1
  }
  return result
}
