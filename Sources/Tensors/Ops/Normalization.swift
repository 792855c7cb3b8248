// SPDX-License-Identifier: Apache-2.0

/// What batch normalisation made of a batch, with the statistics it used.
public struct BatchNormalization {
  /// The normalised, scaled and shifted batch.
  public let output: Tensor
  /// The mean of each channel, [channel], without a graph.
  public let mean: Tensor
  /// The variance of each channel, [channel], divided by the count, without a graph.
  public let variance: Tensor
  /// How many values each statistic was taken over.
  public let count: Int
}

/// Each channel of a batch brought to mean 0 and variance 1, then scaled and shifted, by the batch's own statistics.
///
/// `x` is [batch, channel] or [batch, channel, height, width]; `scale` and `shift` are [channel]. Throws when the
/// shapes do not fit or the batch is empty. Ioffe and Szegedy 2015, arXiv:1502.03167.
public func batchNorm(
  _ x: Tensor, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5
) throws(TensorError) -> BatchNormalization {
  let x = try x.floats()
  let axes = try channelAxes("batch_norm", x, [scale, shift])
  let count = x.count / Swift.max(x.shape[1], 1)
  guard count > 0 else { throw .empty(operation: "batch_norm", shape: x.shape) }
  let average = try mean(x, alongAxes: axes, keepingDimensions: true)
  let centred = try x - average
  let spread = try mean(centred * centred, alongAxes: axes, keepingDimensions: true)
  let normalised = try centred / sqrt(spread + epsilon)
  return BatchNormalization(
    output: try scaled(normalised, scale, shift), mean: try average.detached().reshaped(to: [x.shape[1]]),
    variance: try spread.detached().reshaped(to: [x.shape[1]]), count: count)
}

/// Batch normalisation by statistics gathered before, as at inference.
///
/// `x` is [batch, channel] or [batch, channel, height, width]; all else is [channel].
public func batchNorm(
  _ x: Tensor, mean: Tensor, variance: Tensor, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  _ = try channelAxes("batch_norm", x, [scale, shift, mean, variance])
  let shape = channelShape(x)
  let normalised = try (x - mean.reshaped(to: shape)) / sqrt(variance.reshaped(to: shape) + epsilon)
  return try scaled(normalised, scale, shift)
}

/// Each row of the last axes brought to mean 0 and variance 1, then scaled and shifted element by element.
///
/// `scale` and `shift` have the shape of the last `axes` axes. Throws when the shapes do not fit. Ba, Kiros and Hinton
/// 2016, arXiv:1607.06450.
public func layerNorm(
  _ x: Tensor, axes: Int = 1, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  guard axes > 0, axes <= x.rank else {
    throw .axisOutOfRange(operation: "layer_norm", axis: axes, rank: x.rank)
  }
  let inner = Shape(Array(x.shape.dimensions.suffix(axes)))
  for other in [scale, shift] {
    if let other, other.shape != inner {
      throw .mismatch(operation: "layer_norm", left: x.shape, right: other.shape)
    }
  }
  guard inner.count > 0 else { throw .empty(operation: "layer_norm", shape: x.shape) }
  let rows = try x.reshaped(to: [x.count / inner.count, inner.count])
  let centred = try rows - mean(rows, alongAxis: 1, keepingDimensions: true)
  let spread = try mean(centred * centred, alongAxis: 1, keepingDimensions: true)
  var y = try (centred / sqrt(spread + epsilon)).reshaped(to: x.shape)
  if let scale { y = try y * scale }
  if let shift { y = try y + shift }
  return y
}

private func channelAxes(_ operation: String, _ x: Tensor, _ others: [Tensor?]) throws(TensorError) -> [Int] {
  guard x.rank == 2 || x.rank == 4 else {
    throw .unsuitable(
      operation: operation, shape: x.shape, needs: "[batch, channel] or [batch, channel, height, width]")
  }
  for other in others {
    if let other, other.shape != [x.shape[1]] {
      throw .mismatch(operation: operation, left: x.shape, right: other.shape)
    }
  }
  return x.rank == 2 ? [0] : [0, 2, 3]
}

private func channelShape(_ x: Tensor) -> Shape {
  x.rank == 2 ? [1, x.shape[1]] : [1, x.shape[1], 1, 1]
}

private func scaled(_ x: Tensor, _ scale: Tensor?, _ shift: Tensor?) throws(TensorError) -> Tensor {
  var y = x
  if let scale { y = try y * scale.reshaped(to: channelShape(x)) }
  if let shift { y = try y + shift.reshaped(to: channelShape(x)) }
  return y
}
