// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Elements that one partial result covers.
let reductionBlock = 4096

/// Reduces blocks of a long run to one partial result each.
func reduceBlocks(
  _ reduction: KernelReduction, _ x: Floats, _ count: Int, _ partials: UnsafeMutablePointer<Double>,
  _ firstBlock: Int, _ endBlock: Int
) {
  for block in firstBlock..<max(firstBlock, endBlock) {
    let start = block * reductionBlock
    partials[block] = Double(reduceRun(reduction, x + start, min(reductionBlock, count - start)))
  }
}

/// Puts partial results together, in order.
func combinePartials(_ reduction: KernelReduction, _ partials: UnsafePointer<Double>, _ count: Int) -> Double {
  var result = emptyResult(reduction)
  for i in 0..<max(count, 0) { result = combine(reduction, result, partials[i]) }
  return result
}

/// What a reduction of nothing gives.
private func emptyResult(_ reduction: KernelReduction) -> Double {
  switch reduction {
  case .sum, .sumOfSquares, .sumOfMagnitudes: 0
  case .product: 1
  case .maximum: -.infinity
  case .minimum: .infinity
  }
}

private func combine(_ reduction: KernelReduction, _ a: Double, _ b: Double) -> Double {
  switch reduction {
  case .sum, .sumOfSquares, .sumOfMagnitudes: a + b
  case .product: a * b
  case .maximum: a > b || a.isNaN ? a : b
  case .minimum: a < b || a.isNaN ? a : b
  }
}

/// Reduces each row in a range.
func reduceRows(
  _ reduction: KernelReduction, _ x: Floats, _ rowStride: Int, _ columns: Int, _ output: MutableFloats,
  _ firstRow: Int, _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let run = x + row * rowStride
    if columns <= reductionBlock {
      output[row] = reduceRun(reduction, run, columns)
    } else {
      output[row] = Float(reduceLongRun(reduction, run, columns))
    }
  }
}

/// A run of any length, by blocks.
private func reduceLongRun(_ reduction: KernelReduction, _ x: Floats, _ count: Int) -> Double {
  var result = emptyResult(reduction)
  var start = 0
  while start < count {
    let partial = Double(reduceRun(reduction, x + start, min(reductionBlock, count - start)))
    result = combine(reduction, result, partial)
    start += reductionBlock
  }
  return result
}

/// A run of at most a block, in four vectors of partial results.
func reduceRun(_ reduction: KernelReduction, _ x: Floats, _ count: Int) -> Float {
  switch reduction {
  case .sum: reduceRun(x, count, 0, of: itself, by: add)
  case .sumOfSquares: reduceRun(x, count, 0, of: squared, by: add)
  case .sumOfMagnitudes: reduceRun(x, count, 0, of: positive, by: add)
  case .product: reduceRun(x, count, 1, of: itself, by: multiply)
  case .maximum: reduceRun(x, count, -.infinity, of: itself, by: larger)
  case .minimum: reduceRun(x, count, .infinity, of: itself, by: smaller)
  }
}

@inline(__always) private func itself(_ x: Vector) -> Vector { x }
@inline(__always) private func squared(_ x: Vector) -> Vector { x * x }
@inline(__always) private func positive(_ x: Vector) -> Vector { magnitude(x) }

@inline(__always)
private func reduceRun(
  _ x: Floats, _ count: Int, _ start: Float, of term: (Vector) -> Vector, by combine: (Vector, Vector) -> Vector
) -> Float {
  var a = splat(start)
  var b = a
  var c = a
  var d = a
  var i = 0
  while i + 4 * lanes <= count {
    a = combine(a, term(load(x + i)))
    b = combine(b, term(load(x + i + lanes)))
    c = combine(c, term(load(x + i + 2 * lanes)))
    d = combine(d, term(load(x + i + 3 * lanes)))
    i += 4 * lanes
  }
  while i + lanes <= count {
    a = combine(a, term(load(x + i)))
    i += lanes
  }
  if i < count {
    // The lanes beyond the end hold what changes nothing.
    let rest = term(load(x + i, count: count - i))
    b = combine(b, select(firstLanes(count - i), rest, splat(start)))
  }
  return reduceLanes(combine(combine(a, b), combine(c, d)), by: combine)
}

/// One number from all lanes: halves are combined until one is left.
@inline(__always)
func reduceLanes(_ value: Vector, by combine: (Vector, Vector) -> Vector) -> Float {
  var value = value
  #if KERNELS_V4
    value = combine(value, rotated(value, by: 8))
  #endif
  #if KERNELS_V4 || KERNELS_V3
    value = combine(value, rotated(value, by: 4))
  #endif
  value = combine(value, rotated(value, by: 2))
  return combine(value, rotated(value, by: 1))[0]
}

/// The lanes moved down by a constant, those at the bottom to the top.
@inline(__always) private func rotated(_ value: Vector, by count: Int) -> Vector {
  var result = value
  for lane in 0..<lanes { result[lane] = value[(lane + count) & (lanes - 1)] }
  return result
}
