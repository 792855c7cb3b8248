// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc

/// A function of two operands, element by element, over rows.
func combine(
  _ operation: KernelOperation, _ left: KernelOperand, _ right: KernelOperand, _ output: MutableFloats,
  _ columns: Int, _ firstRow: Int, _ endRow: Int
) {
  switch operation {
  case .add: combineRows(left, right, output, columns, firstRow, endRow) { $0 + $1 }
  case .subtract: combineRows(left, right, output, columns, firstRow, endRow) { $0 - $1 }
  case .multiply: combineRows(left, right, output, columns, firstRow, endRow) { $0 * $1 }
  case .divide: combineRows(left, right, output, columns, firstRow, endRow) { $0 / $1 }
  case .maximum: combineRows(left, right, output, columns, firstRow, endRow) { larger($0, $1) }
  case .minimum: combineRows(left, right, output, columns, firstRow, endRow) { smaller($0, $1) }
  case .power: combinePowers(left, right, output, columns, firstRow, endRow)
  }
}

/// The larger; NaN where either is NaN.
@inline(__always) func larger(_ a: Vector, _ b: Vector) -> Vector { select((a .> b) .| (a .!= a), a, b) }

/// The smaller; NaN where either is NaN.
@inline(__always) func smaller(_ a: Vector, _ b: Vector) -> Vector { select((a .< b) .| (a .!= a), a, b) }

@inline(__always)
private func combineRows(
  _ left: KernelOperand, _ right: KernelOperand, _ output: MutableFloats, _ columns: Int, _ firstRow: Int,
  _ endRow: Int, _ function: (Vector, Vector) -> Vector
) {
  for row in firstRow..<max(firstRow, endRow) {
    let x = left.base + row * left.rowStride
    let y = right.base + row * right.rowStride
    let target = output + row * columns
    switch (left.columnStride, right.columnStride) {
    case (1, 1): mapVectors(x, y, target, 0, columns, function)
    case (1, 0):
      let scalar = splat(y.pointee)
      mapVectors(x, target, 0, columns) { function($0, scalar) }
    case (0, 1):
      let scalar = splat(x.pointee)
      mapVectors(y, target, 0, columns) { function(scalar, $0) }
    default: combineStrided(x, left.columnStride, y, right.columnStride, target, columns, function)
    }
  }
}

/// A row whose elements are gathered one by one.
@inline(__always)
private func combineStrided(
  _ x: Floats, _ xStride: Int, _ y: Floats, _ yStride: Int, _ target: MutableFloats, _ columns: Int,
  _ function: (Vector, Vector) -> Vector
) {
  var column = 0
  while column < columns {
    let count = min(lanes, columns - column)
    let a = gather(x + column * xStride, xStride, count)
    let b = gather(y + column * yStride, yStride, count)
    store(function(a, b), target + column, count: count)
    column += count
  }
}

/// The first `count` floats that are `stride` apart, then zeros.
@inline(__always) func gather(_ address: Floats, _ stride: Int, _ count: Int) -> Vector {
  var value = Vector.zero
  for lane in 0..<count { value[lane] = address[lane * stride] }
  return value
}

private func combinePowers(
  _ left: KernelOperand, _ right: KernelOperand, _ output: MutableFloats, _ columns: Int, _ firstRow: Int,
  _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let x = left.base + row * left.rowStride
    let y = right.base + row * right.rowStride
    for column in 0..<columns {
      output[row * columns + column] = powf(x[column * left.columnStride], y[column * right.columnStride])
    }
  }
}
