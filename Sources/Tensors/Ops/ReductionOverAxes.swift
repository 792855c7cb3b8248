// SPDX-License-Identifier: Apache-2.0

/// The sum of the elements along several axes.
public func sum(
  _ x: Tensor, alongAxes axes: [Int], keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  var places: [Int] = []
  for axis in axes { places.append(try x.shape.axis(axis, "sum")) }
  guard Set(places).count == places.count else {
    throw .argument(operation: "sum", name: "dim", value: "\(axes)", needs: "each axis at most once")
  }
  var y = x
  for axis in places.sorted(by: >) { y = try sum(y, alongAxis: axis, keepingDimensions: keepingDimensions) }
  return y
}

/// The mean of the elements along several axes.
public func mean(
  _ x: Tensor, alongAxes axes: [Int], keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let total = try sum(x.floats(), alongAxes: axes, keepingDimensions: keepingDimensions)
  return try total / (Double(x.count) / Double(Swift.max(total.count, 1)))
}
