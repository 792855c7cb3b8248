// SPDX-License-Identifier: Apache-2.0

/// The largest element, along one axis or of all; NaN when one is NaN.
///
/// The gradient goes to the first largest. Throws when there are no elements.
public func max(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let places = try positions("max", x, axis, true, floats: { $0 > $1 }, integers: { $0 > $1 })
  return try extreme("max", x, axis, keepingDimensions, places)
}

/// The smallest element, along one axis or of all; NaN when one is NaN.
///
/// The gradient goes to the first smallest. Throws when there are no elements.
public func min(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let places = try positions("min", x, axis, true, floats: { $0 < $1 }, integers: { $0 < $1 })
  return try extreme("min", x, axis, keepingDimensions, places)
}

/// The position of the largest element along one axis, or in the flattened tensor; the first one when several are.
///
/// The result is of whole numbers. Throws when there are no elements.
public func argmax(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  try positions("argmax", x, axis, keepingDimensions, floats: { $0 > $1 }, integers: { $0 > $1 })
}

/// The position of the smallest element along one axis, or in the flattened tensor; the first one when several are.
///
/// The result is of whole numbers. Throws when there are no elements.
public func argmin(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  try positions("argmin", x, axis, keepingDimensions, floats: { $0 < $1 }, integers: { $0 < $1 })
}

private func extreme(
  _ operation: String, _ x: Tensor, _ axis: Int?, _ keepingDimensions: Bool, _ places: Tensor
) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, operation)
  let along = axis ?? 0
  let line = axis == nil ? try x.reshaped(to: [x.count]) : x
  let index = axis == nil ? try places.reshaped(to: [1]) : places
  return try gather(line, indices: index, alongAxis: along)
    .reshaped(to: plan.shape(keepingDimensions: keepingDimensions))
}

@inline(__always)
private func positions(
  _ operation: String, _ x: Tensor, _ axis: Int?, _ keepingDimensions: Bool, floats: (Float, Float) -> Bool,
  integers: (Int64, Int64) -> Bool
) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, operation)
  guard plan.size > 0 else { throw .empty(operation: operation, shape: x.shape) }
  let shape = plan.shape(keepingDimensions: keepingDimensions)
  if x.dtype == .float32 {
    return try x.withFloats { (p) throws(TensorError) in
      try search(p, plan, shape) { floats($0, $1) || ($0.isNaN && !$1.isNaN) }
    }
  }
  return try x.converted(to: .int64).withIntegers { (p) throws(TensorError) in
    try search(p, plan, shape, integers)
  }
}

@inline(__always)
private func search<Element>(
  _ x: UnsafePointer<Element>, _ plan: ReductionPlan, _ shape: Shape, _ beats: (Element, Element) -> Bool
) throws(TensorError) -> Tensor {
  try .making(shape, .int64, of: Int64.self) { (out) throws(TensorError) in
    try inRanges(plan.outer * plan.inner, cost: Double(plan.size)) { range in
      for place in range {
        let block = x + place / plan.inner * plan.size * plan.inner + place % plan.inner
        var best = 0
        for s in 1..<Swift.max(plan.size, 1) where beats(block[s * plan.inner], block[best * plan.inner]) { best = s }
        out[place] = Int64(best)
      }
    }
  }
}

/// Whether any element is true (not zero), along one axis or of all.
public func any(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let found = try sum(x.converted(to: .bool), alongAxis: axis, keepingDimensions: keepingDimensions)
  return try found.converted(to: .bool)
}

/// Whether all elements are true (not zero), along one axis or of all.
public func all(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  try logicalNot(any(logicalNot(x), alongAxis: axis, keepingDimensions: keepingDimensions))
}

/// The product of the elements, along one axis or of all; integers stay integers.
public func product(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "prod")
  let line = try x.reshaped(to: [plan.outer, plan.size, plan.inner])
  let neutral = [plan.outer, plan.inner]
  // Pairs are multiplied until one is left, so that the gradient is right where elements are zero.
  var result = x.dtype == .float32 ? line : try line.converted(to: .int64)
  if plan.size == 0 {
    result =
      x.dtype == .float32 ? try Tensor.ones(Shape(neutral)) : try Tensor.full(Shape(neutral), integer: 1)
  }
  while result.rank == 3, result.shape[1] > 1 {
    let half = result.shape[1] / 2
    let pairs = try result.sliced(axis: 1, from: 0, to: half) * result.sliced(axis: 1, from: half, to: half * 2)
    result =
      result.shape[1] % 2 == 0
      ? pairs : try concatenate([pairs, result.sliced(axis: 1, from: half * 2, to: half * 2 + 1)], alongAxis: 1)
  }
  return try result.reshaped(to: plan.shape(keepingDimensions: keepingDimensions))
}
