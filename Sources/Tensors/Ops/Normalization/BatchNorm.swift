// SPDX-License-Identifier: Apache-2.0
import CProcessor

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
  let channels = try Channels("batch_norm", x, [scale, shift])
  guard channels.count > 0 else { throw .empty(operation: "batch_norm", shape: x.shape) }
  let moments = try channels.moments(x.detached())
  let inverse = try withoutRecording { () throws(TensorError) in
    try (moments.variance + epsilon).mapped(.reciprocalSquareRoot)
  }
  var output = try normalized(x, channels, moments.mean, inverse, scale?.detached(), shift?.detached(), epsilon)
  output = try recorded(output, x, scale, shift, channels, moments.mean, inverse, epsilon)
  return BatchNormalization(
    output: output, mean: moments.mean, variance: moments.variance, count: channels.count)
}

/// Batch normalisation by statistics gathered before, as at inference.
///
/// `x` is [batch, channel] or [batch, channel, height, width]; all else is [channel].
public func batchNorm(
  _ x: Tensor, mean: Tensor, variance: Tensor, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let channels = try Channels("batch_norm", x, [scale, shift, mean, variance])
  var factor = try 1 / sqrt(variance + epsilon)
  if let scale { factor = try factor * scale }
  var offset = try -(mean * factor)
  if let shift { offset = try offset + shift }
  return try x * channels.spread(factor) + channels.spread(offset)
}

/// (x − mean) · inverse · scale + shift, without a graph.
private func normalized(
  _ x: Tensor, _ channels: Channels, _ mean: Tensor, _ inverse: Tensor, _ scale: Tensor?, _ shift: Tensor?,
  _ epsilon: Double
) throws(TensorError) -> Tensor {
  try withoutRecording { () throws(TensorError) in
    let factor = try scale.map { (scale) throws(TensorError) in try scale * inverse } ?? inverse
    let y = try (x.detached() - channels.spread(mean)) * channels.spread(factor)
    return try shift.map { (shift) throws(TensorError) in try y + channels.spread(shift) } ?? y
  }
}

private func recorded(
  _ output: Tensor, _ x: Tensor, _ scale: Tensor?, _ shift: Tensor?, _ channels: Channels, _ mean: Tensor,
  _ inverse: Tensor, _ epsilon: Double
) throws(TensorError) -> Tensor {
  let (input, factor) = (x.detached(), scale?.detached())
  let one = try Tensor(1.0)
  let (second, third) = (scale ?? one, shift ?? one)
  return output.recorded("batch_norm", [x, second, third]) { (node, g) throws(TensorError) in
    let x = node.input(0, input)
    var (mean, inverse) = (mean, inverse)
    if GradientRecording.isOn {
      mean = try channels.mean(x)
      let centred = try x - channels.spread(mean)
      inverse = try pow(channels.mean(centred * centred) + epsilon, -0.5)
    }
    let normal = try (x - channels.spread(mean)) * channels.spread(inverse)
    let (total, weighted) = (try channels.sum(g), try channels.sum(g * normal))
    var forInput: Tensor?
    if node.needs(0) {
      let share = try (channels.spread(total) + normal * channels.spread(weighted)) * (1 / Double(channels.count))
      let rate = try factor.map { (factor) throws(TensorError) in try node.input(1, factor) * inverse } ?? inverse
      forInput = try (g - share) * channels.spread(rate)
    }
    return [forInput, node.needs(1) ? weighted : nil, node.needs(2) ? total : nil]
  }
}
