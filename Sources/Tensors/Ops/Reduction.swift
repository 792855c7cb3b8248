// SPDX-License-Identifier: Apache-2.0
import CProcessor

extension Shape {
  /// An axis counted from the front; negative ones count from the back.
  func axis(_ axis: Int, _ operation: String) throws(TensorError) -> Int {
    guard axis < rank, axis >= -rank else { throw .axisOutOfRange(operation: operation, axis: axis, rank: rank) }
    return axis < 0 ? axis + rank : axis
  }
}

/// A reduction along one axis, or along all of them: `outer` × `size` × `inner` elements.
struct ReductionPlan {
  let outer: Int
  let size: Int
  let inner: Int
  /// The shape itself.
  let whole: Shape
  /// The shape with the axis kept as 1.
  let kept: Shape
  /// The shape with the axis taken out.
  let dropped: Shape

  init(_ shape: Shape, alongAxis axis: Int?, _ operation: String) throws(TensorError) {
    whole = shape
    if let axis {
      let axis = try shape.axis(axis, operation)
      outer = shape.count(0..<axis)
      size = shape[axis]
      inner = shape.count(axis + 1..<shape.rank)
      kept = shape.resizing(axis, to: 1)
      dropped = shape.removing(axis)
    } else {
      outer = 1
      size = shape.count
      inner = 1
      kept = Shape([Int](repeating: 1, count: shape.rank))
      dropped = .scalar
    }
  }

  func shape(keepingDimensions: Bool) -> Shape { keepingDimensions ? kept : dropped }
}

/// The sum of the elements, along one axis or of all; integers stay integers.
public func sum(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "sum")
  if x.dtype != .float32 { return try integerSum(x, plan, plan.shape(keepingDimensions: keepingDimensions)) }
  let y = try floatSum(x, plan, plan.shape(keepingDimensions: keepingDimensions))
  let (shape, kept) = (x.shape, plan.kept)
  return y.recorded("sum", x) { (_, g) throws(TensorError) in
    [try g.reshaped(to: kept).broadcast(to: shape)]
  }
}

private func floatSum(_ x: Tensor, _ plan: ReductionPlan, _ shape: Shape) throws(TensorError) -> Tensor {
  try reduced(.sum, x, plan, shape)
}

private func integerSum(_ x: Tensor, _ plan: ReductionPlan, _ shape: Shape) throws(TensorError) -> Tensor {
  try x.converted(to: .int64).withIntegers { (x) throws(TensorError) in
    try .making(shape, .int64, of: Int64.self) { (out) throws(TensorError) in
      for o in 0..<plan.outer {
        for i in 0..<plan.inner {
          var total: Int64 = 0
          for s in 0..<plan.size {
            let (next, overflow) = total.addingReportingOverflow(x[(o * plan.size + s) * plan.inner + i])
            if overflow { throw .integerOverflow(operation: "sum") }
            total = next
          }
          out[o * plan.inner + i] = total
        }
      }
    }
  }
}

/// The mean of the elements, along one axis or of all; NaN when there are none.
public func mean(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "mean")
  return try sum(x, alongAxis: axis, keepingDimensions: keepingDimensions) / Double(plan.size)
}

/// The variance of the elements, along one axis or of all.
///
/// Divides by the count less `correction`, which is 1 as in PyTorch's `var`, so that one element gives NaN.
public func variance(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false, correction: Int = 1
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let plan = try ReductionPlan(x.shape, alongAxis: axis, "var")
  let centred = try x - mean(x, alongAxis: axis, keepingDimensions: true)
  let squares = try sumOfSquares(centred, alongAxis: axis, keepingDimensions: keepingDimensions)
  return try squares / Double(max(plan.size - correction, 0))
}

/// The standard deviation of the elements, along one axis or of all; the correction is as for `variance`.
public func standardDeviation(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false, correction: Int = 1
) throws(TensorError) -> Tensor {
  try safeSquareRoot(
    variance(x, alongAxis: axis, keepingDimensions: keepingDimensions, correction: correction))
}

/// The Euclidean length of the elements, along one axis or of all; where it is zero, so is the gradient.
public func norm(
  _ x: Tensor, alongAxis axis: Int? = nil, keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  return try safeSquareRoot(sumOfSquares(x, alongAxis: axis, keepingDimensions: keepingDimensions))
}

/// The square root whose gradient at zero is taken as zero, so that no NaN arises in a sum of squares.
func safeSquareRoot(_ x: Tensor) throws(TensorError) -> Tensor {
  let y = try x.detached().mapped(.squareRoot)
  return y.recorded("sqrt", x) { (node, g) throws(TensorError) in
    let isZero = try y .== Tensor(0.0)
    let value = node.output(y)
    return [
      try select(
        where: isZero, Tensor(0.0), otherwise: g * 0.5 / select(where: isZero, Tensor(1.0), otherwise: value))
    ]
  }
}
