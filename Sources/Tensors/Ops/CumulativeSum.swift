// SPDX-License-Identifier: Apache-2.0

/// The sums of the elements up to and including each place along an axis; integers stay integers.
public func cumulativeSum(_ x: Tensor, alongAxis axis: Int = 0) throws(TensorError) -> Tensor {
  if x.rank == 0 { return x }
  let axis = try x.shape.axis(axis, "cumsum")
  let flip = [Subscript](repeating: .all, count: axis) + [.range(from: nil, to: nil, step: -1)]
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "cumsum")
  if x.dtype != .float32 { return try wholeSums(x.converted(to: .int64), plan) }
  return try floatSums(x, plan).recorded("cumsum", x) { (_, g) throws(TensorError) in
    [try cumulativeSum(g.sliced(flip), alongAxis: axis).sliced(flip)]
  }
}

private func floatSums(_ x: Tensor, _ plan: ReductionPlan) throws(TensorError) -> Tensor {
  let block = plan.size * plan.inner
  return try x.withFloats { (x) throws(TensorError) in
    try .making(plan.whole) { (out) throws(TensorError) in
      try inRanges(plan.outer, cost: Double(block)) { range in
        for o in range {
          for i in o * block..<(o + 1) * block {
            out[i] = i < o * block + plan.inner ? x[i] : out[i - plan.inner] + x[i]
          }
        }
      }
    }
  }
}

private func wholeSums(_ x: Tensor, _ plan: ReductionPlan) throws(TensorError) -> Tensor {
  var values = x.integers()
  for i in values.indices where i / plan.inner % plan.size != 0 {
    let (next, overflow) = values[i].addingReportingOverflow(values[i - plan.inner])
    if overflow { throw .integerOverflow(operation: "cumsum") }
    values[i] = next
  }
  return try Tensor(values, shape: x.shape)
}
