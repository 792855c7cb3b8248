// SPDX-License-Identifier: Apache-2.0
import CProcessor

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

/// The sum over each channel of images, [channel]: as they lie, and the same as over axes 0, 2 and 3.
func sumOfChannels(_ x: Tensor) throws(TensorError) -> Tensor {
  guard let order = x.pixelOrder, order.places <= kernels.reductions.blockSize,
    x.node == nil || !GradientRecording.isOn
  else { return try sum(x, alongAxes: [0, 2, 3]) }
  var shape = ChannelShape(batch: order.images, channels: order.channels, places: order.places, hasPixels: true)
  let ofImages = try x.withFloatsAsTheyLie { (x) throws(TensorError) in
    try Tensor.making([order.images, order.channels]) { (out) throws(TensorError) in
      try withExtendedPointer(&shape) { (shape) throws(TensorError) in
        try inRanges(order.images, cost: Double(order.channels * order.places) * 0.15) { range in
          kernels.normalizations.sumPlaces(shape, x, out, range.lowerBound, range.upperBound)
        }
      }
    }
  }
  return try sum(ofImages, alongAxis: 0)
}

/// The mean of the elements along several axes.
public func mean(
  _ x: Tensor, alongAxes axes: [Int], keepingDimensions: Bool = false
) throws(TensorError) -> Tensor {
  let total = try sum(x.floats(), alongAxes: axes, keepingDimensions: keepingDimensions)
  return try total / (Double(x.count) / Double(Swift.max(total.count, 1)))
}
