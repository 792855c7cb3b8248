// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The normalisation of one batch by its own statistics: what it was and how gradients go back through it.
struct ChannelNorm {
  private let channels: Channels
  private let input: Tensor
  private let scale: Tensor
  private let epsilon: Double
  /// Mean and variance of each channel, [channel].
  let mean: Tensor
  let variance: Tensor
  /// One over the deviation, and that times the scale.
  private let inverse: Tensor
  private let factor: Tensor

  /// Gathers the statistics; no argument has a graph.
  init(channels: Channels, input: Tensor, scale: Tensor, epsilon: Double) throws(TensorError) {
    self.channels = channels
    self.input = input
    self.scale = scale
    self.epsilon = epsilon
    (mean, variance) = try channels.moments(input)
    inverse = try (variance + epsilon).mapped(.reciprocalSquareRoot)
    factor = try scale * inverse
  }

  /// activation((x − mean) · factor + shift), without a graph.
  func applied(shift: Tensor, _ activation: Activation) throws(TensorError) -> Tensor {
    let (kind, slope) = activation.kernel
    let (m, f, s) = (mean.storage.floats, factor.storage.floats, shift.storage.floats)
    defer { withExtendedLifetime((mean, factor, shift)) {} }
    let order = input.pixelOrder
    return try input.withFloatsAsTheyLie { (x) throws(TensorError) in
      try .making(input.shape, in: order) { (out) throws(TensorError) in
        try channels.inRangesOfPixels(cost: 0.2, hasPixels: order != nil) { shape, range in
          kernels.normalizations.apply(shape, x, m, f, s, kind, slope, out, range.lowerBound, range.upperBound)
        }
      }
    }
  }

  /// The gradients of input, scale and shift from that of the result before the activation, without a graph.
  func gradients(_ g: Tensor) throws(TensorError) -> Gradients {
    // The gradient follows the input; it may be the same elements, which asking must not move.
    var g = g
    if g.pixelOrder != nil, input.pixelOrder == nil { _ = g.storage.bytes }
    if let order = input.pixelOrder { g = try g.withChannelsInnermost(order) }
    let order = input.pixelOrder
    let sums = try Tensor.uninitialized(mean.shape)
    let products = try Tensor.uninitialized(mean.shape)
    let (total, product) = (sums.storage.floats, products.storage.floats)
    let (m, i, f) = (mean.storage.floats, inverse.storage.floats, factor.storage.floats)
    defer { withExtendedLifetime((mean, inverse, factor)) {} }
    let forInput = try input.withFloatsAsTheyLie { (x) throws(TensorError) in
      try g.withFloatsAsTheyLie { (g) throws(TensorError) in
        try Tensor.making(input.shape, in: order) { (out) throws(TensorError) in
          try channels.inRanges(cost: 0.5, hasPixels: order != nil) { shape, range in
            let (first, end) = (range.lowerBound, range.upperBound)
            kernels.normalizations.gradientSums(shape, x, m, i, g, total, product, first, end)
            if order != nil { return }
            kernels.normalizations.gradient(shape, x, m, i, f, total, product, g, out, first, end)
          }
          guard order != nil else { return }
          try channels.inRangesOfPixels(cost: 0.3, hasPixels: true) { shape, range in
            kernels.normalizations.gradient(
              shape, x, m, i, f, total, product, g, out, range.lowerBound, range.upperBound)
          }
        }
      }
    }
    return [forInput, products, sums]
  }

  /// The same in operations that can be differentiated again.
  func recordedGradients(_ node: Node, _ g: Tensor) throws(TensorError) -> Gradients {
    let x = node.input(0, input)
    let centred = try x - channels.spread(channels.mean(x))
    let inverse = try pow(channels.mean(centred * centred) + epsilon, -0.5)
    let normal = try centred * channels.spread(inverse)
    let (total, weighted) = (try channels.sum(g), try channels.sum(g * normal))
    let share = try (channels.spread(total) + normal * channels.spread(weighted)) * (1 / Double(channels.count))
    let rate = try node.input(1, scale) * inverse
    return [try (g - share) * channels.spread(rate), weighted, total]
  }
}
