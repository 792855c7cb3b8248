// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The divergence KL(N(μ, e^logVariance) ‖ N(0, 1)), element by element: ½ (e^v + μ² − 1 − v).
///
/// Throws when the shapes differ. Kingma and Welling 2013, arXiv:1312.6114, appendix B.
public func normalDivergence(
  mean: Tensor, logVariance: Tensor, reduction: LossReduction = .sum
) throws(TensorError) -> Tensor {
  let (mu, v) = try paired("kl_normal", mean, logVariance)
  if reduction == .none || mu.count == 0 { return try reduction.applied(to: (exp(v) + mu * mu - 1 - v) * 0.5) }
  let scale = reduction.scale(mu.count)
  let (means, logarithms) = (mu.detached(), v.detached())
  let isRecording = GradientRecording.isOn && (mu.requiresGradient || v.requiresGradient)
  let slopes = isRecording ? (try Tensor.uninitialized(mu.shape), try Tensor.uninitialized(v.shape)) : nil
  let total = try summed(means, logarithms, slopes, Float(scale))
  return try Tensor(total * scale).recorded("kl_normal", mu, v) { (node, g) throws(TensorError) in
    if let slopes, !GradientRecording.isOn {
      return [
        node.needs(0) ? try slopes.0.scaled(by: g) : nil, node.needs(1) ? try slopes.1.scaled(by: g) : nil,
      ]
    }
    return [
      node.needs(0) ? try node.input(0, means) * (g * scale) : nil,
      node.needs(1) ? try (exp(node.input(1, logarithms)) - 1) * (g * (scale / 2)) : nil,
    ]
  }
}

private func summed(
  _ mean: Tensor, _ logVariance: Tensor, _ slopes: (Tensor, Tensor)?, _ scale: Float
) throws(TensorError) -> Double {
  let size = kernels.losses.blockSize
  let blocks = (mean.count + size - 1) / size
  let partials = try Storage(.int64, count: blocks, for: [blocks])
  let sums = partials.bytes.assumingMemoryBound(to: Double.self)
  let (first, second) = (slopes?.0.storage.floats, slopes?.1.storage.floats)
  try mean.withFloats { (m) throws(TensorError) in
    try logVariance.withFloats { (v) throws(TensorError) in
      try inRanges(blocks, cost: Double(size)) { range in
        kernels.losses.klBlocks(
          m, v, mean.count, sums, first, second, scale, range.lowerBound, range.upperBound)
      }
    }
  }
  defer { withExtendedLifetime((partials, slopes)) {} }
  return kernels.reductions.combinePartials(.sum, sums, blocks)
}
