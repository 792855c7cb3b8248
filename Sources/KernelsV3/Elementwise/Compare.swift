// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A comparison of two operands, element by element, over rows.
func compare(
  _ comparison: KernelComparison, _ left: KernelOperand, _ right: KernelOperand, _ output: UnsafeMutablePointer<Bool>,
  _ columns: Int, _ firstRow: Int, _ endRow: Int
) {
  switch comparison {
  case .equal: compareRows(left, right, output, columns, firstRow, endRow) { $0 == $1 }
  case .notEqual: compareRows(left, right, output, columns, firstRow, endRow) { $0 != $1 }
  case .less: compareRows(left, right, output, columns, firstRow, endRow) { $0 < $1 }
  case .lessOrEqual: compareRows(left, right, output, columns, firstRow, endRow) { $0 <= $1 }
  case .greater: compareRows(left, right, output, columns, firstRow, endRow) { $0 > $1 }
  case .greaterOrEqual: compareRows(left, right, output, columns, firstRow, endRow) { $0 >= $1 }
  }
}

// Scalar loops: the compiler makes vectors of them, and packs the bytes better than one could by hand.

@inline(__always)
private func compareRows(
  _ left: KernelOperand, _ right: KernelOperand, _ output: UnsafeMutablePointer<Bool>, _ columns: Int,
  _ firstRow: Int, _ endRow: Int, _ holds: (Float, Float) -> Bool
) {
  for row in firstRow..<max(firstRow, endRow) {
    let x = left.base + row * left.rowStride
    let y = right.base + row * right.rowStride
    let target = output + row * columns
    switch (left.columnStride, right.columnStride) {
    case (1, 1): for i in 0..<columns { target[i] = holds(x[i], y[i]) }
    case (1, 0):
      let scalar = y.pointee
      for i in 0..<columns { target[i] = holds(x[i], scalar) }
    default:
      for i in 0..<columns { target[i] = holds(x[i * left.columnStride], y[i * right.columnStride]) }
    }
  }
}

/// Elements of x where the condition holds, of y elsewhere.
func choose(
  _ condition: UnsafePointer<Bool>, _ x: Floats, _ xStride: Int, _ y: Floats, _ yStride: Int,
  _ output: MutableFloats, _ first: Int, _ end: Int
) {
  var i = first
  while i + lanes <= end {
    let yes = xStride == 0 ? splat(x.pointee) : load(x + i)
    let no = yStride == 0 ? splat(y.pointee) : load(y + i)
    store(selectBits(maskFromBytes(condition + i, .zero), yes, no), output + i)
    i += lanes
  }
  while i < end {
    output[i] = condition[i] ? x[i * xStride] : y[i * yStride]
    i += 1
  }
}
