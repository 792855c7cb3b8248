// SPDX-License-Identifier: Apache-2.0

/// The elements in rising order along an axis, with the positions they came from; equal ones keep their order.
///
/// NaN comes last. Gradients flow back to where the elements came from.
public func sort(
  _ x: Tensor, alongAxis axis: Int = -1, descending: Bool = false
) throws(TensorError) -> (values: Tensor, indices: Tensor) {
  if x.rank == 0 { return (x, try Tensor(Int64(0))) }
  let axis = try x.shape.axis(axis, "sort")
  let indices = try order(x, alongAxis: axis, descending: descending)
  return (try gather(x, indices: indices, alongAxis: axis), indices)
}

/// The `count` largest elements along an axis, the largest first, with their positions.
///
/// Throws when the axis has fewer.
public func topK(
  _ x: Tensor, count: Int, alongAxis axis: Int = -1
) throws(TensorError) -> (values: Tensor, indices: Tensor) {
  let axis = try x.shape.axis(axis, "topk")
  guard count >= 0, count <= x.shape[axis] else {
    throw .argument(operation: "topk", name: "k", value: "\(count)", needs: "0 to \(x.shape[axis])")
  }
  let indices = try order(x, alongAxis: axis, descending: true).sliced(axis: axis, from: 0, to: count)
  return (try gather(x, indices: indices, alongAxis: axis), indices)
}

private func order(_ x: Tensor, alongAxis axis: Int, descending: Bool) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "sort")
  if x.dtype != .float32 {
    return try order(x.integers(), plan, x.shape) { a, b in descending ? a > b : a < b }
  }
  return try order(x.scalars(), plan, x.shape) { a, b in
    descending ? a > b || (a.isNaN && !b.isNaN) : a < b || (b.isNaN && !a.isNaN)
  }
}

/// How many comparisons are made between two looks at whether to give up.
private let comparisonsAtOnce = 1 << 18

private func order<Element>(
  _ values: [Element], _ plan: ReductionPlan, _ shape: Shape, _ precedes: (Element, Element) -> Bool
) throws(TensorError) -> Tensor {
  var comparisons = 0
  return try .making(shape, .int64, of: Int64.self) { (out) throws(TensorError) in
    for o in 0..<plan.outer {
      for i in 0..<plan.inner {
        let start = o * plan.size * plan.inner + i
        let sorted = try Result { () throws in
          // The standard library's sort is stable, which is not promised, so the position decides between equals.
          try (0..<plan.size).sorted {
            comparisons += 1
            if comparisons % comparisonsAtOnce == 0 { try giveUpIfAsked() }
            let (a, b) = (values[start + $0 * plan.inner], values[start + $1 * plan.inner])
            return precedes(a, b) || (!precedes(b, a) && $0 < $1)
          }
        }.mapError { _ in TensorError.interrupted }.get()
        for (place, index) in sorted.enumerated() { out[start + place * plan.inner] = Int64(index) }
      }
    }
  }
}

/// The value below which the given share of the elements lies, between neighbours by straight lines.
///
/// Of all elements, or along one axis. Throws when the share lies outside 0 … 1 or there are no elements.
public func quantile(_ x: Tensor, _ share: Double, alongAxis axis: Int? = nil) throws(TensorError) -> Tensor {
  guard share >= 0, share <= 1 else {
    throw .argument(operation: "quantile", name: "q", value: "\(share)", needs: "a share from 0 to 1")
  }
  let line = axis == nil ? try x.floats().reshaped(to: [x.count]) : try x.floats()
  let along = try line.shape.axis(axis ?? 0, "quantile")
  guard line.shape[along] > 0 else { throw .empty(operation: "quantile", shape: x.shape) }
  let sorted = try sort(line, alongAxis: along).values
  let place = share * Double(line.shape[along] - 1)
  let below = Int(place.rounded(.down))
  let above = Swift.min(below + 1, line.shape[along] - 1)
  let low = try sorted.sliced(axis: along, from: below, to: below + 1).squeezed(axis: along)
  let high = try sorted.sliced(axis: along, from: above, to: above + 1).squeezed(axis: along)
  return try low + (high - low) * (place - Double(below))
}
