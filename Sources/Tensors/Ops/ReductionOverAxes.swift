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
  if places.isEmpty { return x }
  let kept = Shape(x.shape.dimensions.enumerated().map { places.contains($0.offset) ? 1 : $0.element })
  let shape =
    keepingDimensions
    ? kept : Shape(x.shape.dimensions.enumerated().filter { !places.contains($0.offset) }.map(\.element))
  // Neighbouring axes are summed in one go.
  var merged: [Int] = []
  var summed: [Bool] = []
  for axis in 0..<x.rank {
    let isSummed = places.contains(axis)
    if summed.last == isSummed {
      merged[merged.count - 1] &*= x.shape[axis]
    } else {
      merged.append(x.shape[axis])
      summed.append(isSummed)
    }
  }
  var y = try x.reshaped(to: Shape(merged))
  for axis in summed.indices.reversed() where summed[axis] { y = try sum(y, alongAxis: axis) }
  return try y.reshaped(to: shape)
}

/// The mean of the elements along several axes.
public func mean(
  _ x: Tensor, alongAxes axes: [Int], keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let total = try sum(x.floats(), alongAxes: axes, keepingDimensions: keepingDimensions)
  return try total / (Double(x.count) / Double(Swift.max(total.count, 1)))
}
