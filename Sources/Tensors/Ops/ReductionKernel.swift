// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A float tensor reduced as a plan says.
///
/// What is added in which order follows from the sizes alone.
func reduced(
  _ reduction: KernelReduction, _ x: Tensor, _ plan: ReductionPlan, _ shape: Shape
) throws(TensorError) -> Tensor {
  try x.withFloats { (x) throws(TensorError) in
    try .making(shape) { (out) throws(TensorError) in
      if plan.inner == 1 && plan.outer == 1 {
        out[0] = try reducedWhole(reduction, x, plan.size)
      } else if plan.inner == 1 {
        try inRanges(plan.outer, cost: Double(plan.size) * 0.1 + 2) { range in
          kernels.reductions.reduceRows(
            reduction, x, plan.size, plan.size, out, range.lowerBound, range.upperBound)
        }
      } else {
        try reduceColumns(reduction, x, plan, out)
      }
    }
  }
}

private func reducedWhole(
  _ reduction: KernelReduction, _ x: UnsafePointer<Float>, _ count: Int
) throws(TensorError) -> Float {
  let size = kernels.reductions.blockSize
  let blocks = (count + size - 1) / size
  let partials = try Storage(.int64, count: max(blocks, 1), for: [blocks])
  let sums = partials.bytes.assumingMemoryBound(to: Double.self)
  try inRanges(blocks, cost: Double(size) * 0.1) { range in
    kernels.reductions.reduceBlocks(reduction, x, count, sums, range.lowerBound, range.upperBound)
  }
  defer { withExtendedLifetime(partials) {} }
  return Float(kernels.reductions.combinePartials(reduction, sums, blocks))
}

private func reduceColumns(
  _ reduction: KernelReduction, _ x: UnsafePointer<Float>, _ plan: ReductionPlan, _ out: UnsafeMutablePointer<Float>
) throws(TensorError) {
  let inner = plan.inner
  func reduce(_ block: Int, _ columns: Range<Int>) {
    kernels.reductions.reduceColumns(
      reduction, x + block * plan.size * inner, inner, plan.size, false, out + block * inner, columns.lowerBound,
      columns.upperBound)
  }
  let cost = Double(plan.size) * 0.15
  if plan.outer == 1 {
    try inRanges(inner, cost: cost, grain: 64) { columns in reduce(0, columns) }
  } else {
    try inRanges(plan.outer, cost: cost * Double(inner)) { blocks in
      for block in blocks { reduce(block, 0..<inner) }
    }
  }
}

/// The sum of the squares of the elements, along one axis or of all.
func sumOfSquares(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "sum")
  let saved = x.detached()
  let kept = plan.kept
  return try reduced(.sumOfSquares, saved, plan, plan.shape(keepingDimensions: keepingDimensions))
    .recorded("sum_of_squares", x) { (node, g) throws(TensorError) in
      [try g.reshaped(to: kept) * (node.input(0, saved) * 2)]
    }
}
