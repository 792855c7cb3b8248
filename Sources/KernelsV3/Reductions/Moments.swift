// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Mean and variance of each row in a range, in two passes: the second knows the mean, so nothing cancels.
func momentsOfRows(
  _ x: Floats, _ rowStride: Int, _ columns: Int, _ means: MutableFloats, _ variances: MutableFloats, _ firstRow: Int,
  _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let run = x + row * rowStride
    var sum: Float = 0
    reduceRows(.sum, run, 0, columns, &sum, 0, 1)
    let mean = sum / Float(columns)
    means[row] = mean
    variances[row] = sumOfSquares(run, columns, around: mean) / Float(columns)
  }
}

/// The sum of squared distances from a centre.
private func sumOfSquares(_ x: Floats, _ count: Int, around centre: Float) -> Float {
  var total = Vector.zero
  var start = 0
  while start < count {
    let end = min(start + 64 * lanes, count)
    var chain = Vector.zero
    while start + lanes <= end {
      let distance = load(x + start) - splat(centre)
      chain = multiplyAdd(distance, distance, chain)
      start += lanes
    }
    while start < end {
      chain[0] = multiplyAdd(x[start] - centre, x[start] - centre, chain[0])
      start += 1
    }
    total += chain
  }
  return sumOfLanes(total)
}

/// Mean and variance of each column in a range, in two passes.
func momentsOfColumns(
  _ x: Floats, _ rowStride: Int, _ rows: Int, _ means: MutableFloats, _ variances: MutableFloats, _ firstColumn: Int,
  _ endColumn: Int
) {
  let range = ColumnRange(rowStride: rowStride, rows: rows, first: firstColumn, end: endColumn)
  let count = Float(rows)
  reduceColumns(.sum, x, rowStride, rows, false, means, firstColumn, endColumn)
  mapVectors(means, means, firstColumn, endColumn) { $0 / splat(count) }
  @inline(__always) func squaredDistance(_ column: Int, _ place: Int, _ count: Int) -> Vector {
    let distance = load(x + place, count: count) - load(means + column, count: count)
    return distance * distance
  }
  range.reduce(variances, false, 0, of: squaredDistance, by: add)
  mapVectors(variances, variances, firstColumn, endColumn) { $0 / splat(count) }
}
