// SPDX-License-Identifier: Apache-2.0

/// What batch normalisation made of a batch, with the statistics it used.
public struct BatchNormalization {
  /// The normalised, scaled and shifted batch, after the activation.
  public let output: Tensor
  /// The mean of each channel, [channel], without a graph.
  public let mean: Tensor
  /// The variance of each channel, [channel], divided by the count, without a graph.
  public let variance: Tensor
  /// How many values each statistic was taken over.
  public let count: Int
}

/// Each channel of a batch brought to mean 0 and variance 1 by the batch's own statistics, then scaled and shifted.
///
/// `x` is [batch, channel] or [batch, channel, height, width]; `scale` and `shift` are [channel]. The activation comes
/// last. Throws when the shapes do not fit or the batch is empty. Ioffe and Szegedy 2015, arXiv:1502.03167.
public func batchNorm(
  _ x: Tensor, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5, activation: Activation = .identity
) throws(TensorError) -> BatchNormalization {
  let x = try x.floats()
  let channels = try Channels("batch_norm", x, [scale, shift])
  guard channels.count > 0 else { throw .empty(operation: "batch_norm", shape: x.shape) }
  let one = try Tensor.ones([x.shape[1]])
  let zero = try Tensor.zeros([x.shape[1]])
  let norm = try ChannelNorm(
    channels: channels, input: x.detached(), scale: (scale ?? one).detached().floats(), epsilon: epsilon)
  let isFused = activation.isKnownByItsValue
  let y = try norm.applied(shift: (shift ?? zero).detached().floats(), isFused ? activation : .identity)
  let output = y.recorded(isFused ? activation.batchNormName : "batch_norm", [x, scale ?? one, shift ?? zero]) {
    (node, g) throws(TensorError) in
    let inner = isFused ? try activation.backward(g, value: node.output(y)) : g
    return try GradientRecording.isOn
      ? norm.recordedGradients(node, inner) : norm.gradients(inner)
  }
  return BatchNormalization(
    output: isFused ? output : try activate(output, activation), mean: norm.mean, variance: norm.variance,
    count: channels.count)
}

extension Activation {
  /// The name of a normalisation that ends with this activation.
  fileprivate var batchNormName: StaticString {
    switch self {
    case .identity: "batch_norm"
    case .relu: "batch_norm+relu"
    case .leakyReLU: "batch_norm+leaky_relu"
    case .tanh: "batch_norm+tanh"
    case .sigmoid: "batch_norm+sigmoid"
    }
  }
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
