// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// softmax of each row in a range, or its logarithm.
func softmaxRows(
  _ x: Floats, _ columns: Int, _ logarithmic: Bool, _ output: MutableFloats, _ firstRow: Int, _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let run = x + row * columns
    let target = output + row * columns
    let largest = reduceRow(.maximum, run, columns)
    if logarithmic {
      let shift = largest + logarithm(splat(sumOfExponentials(run, columns, shift: largest)))[0]
      mapVectors(run, target, 0, columns) { $0 - splat(shift) }
    } else {
      mapVectors(run, target, 0, columns) { exponential($0 - splat(largest)) }
      let total = reduceRow(.sum, target, columns)
      mapVectors(target, target, 0, columns) { $0 / splat(total) }
    }
  }
}

/// The gradient before softmax (or its logarithm) of each row in a range, from its value and the gradient after it.
func softmaxRowsBackward(
  _ y: Floats, _ gradient: Floats, _ columns: Int, _ logarithmic: Bool, _ output: MutableFloats, _ firstRow: Int,
  _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let value = y + row * columns
    let slope = gradient + row * columns
    let target = output + row * columns
    if logarithmic {
      let total = splat(reduceRow(.sum, slope, columns))
      mapVectors(value, slope, target, 0, columns) { $1 - exponential($0) * total }
    } else {
      let mean = splat(dotProduct(value, slope, columns))
      mapVectors(value, slope, target, 0, columns) { $0 * ($1 - mean) }
    }
  }
}

/// The reduction of one row of any length.
func reduceRow(_ reduction: KernelReduction, _ x: Floats, _ columns: Int) -> Float {
  var result: Float = 0
  reduceRows(reduction, x, 0, columns, &result, 0, 1)
  return result
}

/// The sum of exp(x - shift).
func sumOfExponentials(_ x: Floats, _ count: Int, shift: Float) -> Float {
  var total = Vector.zero
  var i = 0
  while i + lanes <= count {
    total += exponential(load(x + i) - splat(shift))
    i += lanes
  }
  if i < count {
    let rest = exponential(load(x + i, count: count - i) - splat(shift))
    total += select(firstLanes(count - i), rest, .zero)
  }
  return sumOfLanes(total)
}
