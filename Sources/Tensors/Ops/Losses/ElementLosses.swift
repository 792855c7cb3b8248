// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc

/// The squared difference.
///
/// Throws when the shapes differ.
public func meanSquaredError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (x, t) = try paired("mse", input, target)
  return try ElementLoss(kernel: .squaredError, name: "mse").applied(x, t, reduction)
}

/// The absolute difference.
///
/// Throws when the shapes differ.
public func meanAbsoluteError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (x, t) = try paired("l1", input, target)
  return try ElementLoss(kernel: .absoluteError, name: "l1").applied(x, t, reduction)
}

/// −(t log p + (1 − t) log(1 − p)) for probabilities p; logarithms are not let below −100, as in PyTorch.
///
/// Throws when the shapes differ or a probability lies outside 0 … 1.
public func binaryCrossEntropy(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (p, t) = try paired("bce", input, target)
  if let outside = try p.withFloats({ (p) throws(TensorError) in
    (0..<input.count).first { p[$0] < 0 || p[$0] > 1 }.map { p[$0] }
  }) {
    throw .argument(operation: "bce", name: "input", value: "\(outside)", needs: "probabilities from 0 to 1")
  }
  return try ElementLoss(kernel: .binaryCrossEntropy, name: "bce").applied(p, t, reduction)
}

/// `binaryCrossEntropy` of the sigmoid of `logits`, computed without overflow.
///
/// Throws when the shapes differ.
public func binaryCrossEntropyFromLogits(
  _ logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (z, t) = try paired("bce_logits", logits, target)
  return try ElementLoss(kernel: .binaryCrossEntropyFromLogits, name: "bce_logits").applied(z, t, reduction)
}

/// A loss of each prediction and its target.
private struct ElementLoss {
  let kernel: KernelLoss
  let name: StaticString

  func applied(_ x: Tensor, _ t: Tensor, _ reduction: LossReduction) throws(TensorError) -> Tensor {
    let isFused = reduction != .none && x.count > 0 && !(t.requiresGradient && GradientRecording.isOn)
    return isFused ? try fused(x, t, reduction) : try reduction.applied(to: elements(x, t))
  }

  /// The sum and, where a gradient will be asked for, the gradient, in one pass.
  private func fused(_ x: Tensor, _ t: Tensor, _ reduction: LossReduction) throws(TensorError) -> Tensor {
    let scale = reduction.scale(x.count)
    let (input, target) = (x.detached(), t.detached())
    let slopes = x.requiresGradient && GradientRecording.isOn ? try Tensor.uninitialized(x.shape) : nil
    let total = try summed(input, target, slopes, Float(scale))
    return try Tensor(total * scale).recorded(name, x) { (node, g) throws(TensorError) in
      if let slopes, !GradientRecording.isOn { return [try slopes.scaled(by: g)] }
      return [try slope(node.input(0, input), target) * (g * scale)]
    }
  }

  private func summed(
    _ x: Tensor, _ t: Tensor, _ slopes: Tensor?, _ scale: Float
  ) throws(TensorError) -> Double {
    let size = kernels.losses.blockSize
    let blocks = (x.count + size - 1) / size
    let partials = try Storage(.int64, count: blocks, for: [blocks])
    let sums = partials.bytes.assumingMemoryBound(to: Double.self)
    let gradient = slopes?.storage.floats
    try x.withFloats { (input) throws(TensorError) in
      try t.withFloats { (target) throws(TensorError) in
        try inRanges(blocks, cost: Double(size)) { range in
          kernels.losses.lossBlocks(
            kernel, input, target, 1, x.count, sums, gradient, scale, range.lowerBound, range.upperBound)
        }
      }
    }
    defer { withExtendedLifetime((partials, slopes)) {} }
    return kernels.reductions.combinePartials(.sum, sums, blocks)
  }

  /// The loss of each element.
  private func elements(_ x: Tensor, _ t: Tensor) throws(TensorError) -> Tensor {
    switch kernel {
    case .squaredError: try pow(x - t, 2)
    case .absoluteError: try abs(x - t)
    case .binaryCrossEntropy: try crossEntropies(x, t)
    case .binaryCrossEntropyFromLogits: try softplus(x) - x * t
    }
  }

  /// The derivative of each element's loss by its prediction, in operations that can be differentiated again.
  private func slope(_ x: Tensor, _ t: Tensor) throws(TensorError) -> Tensor {
    switch kernel {
    case .squaredError: try (x - t) * 2
    case .absoluteError: try sign(x - t)
    // As PyTorch does, finite also where the logarithm is not.
    case .binaryCrossEntropy: try (x - t) / maximum(x * (1 - x), Tensor(1e-12))
    case .binaryCrossEntropyFromLogits: try sigmoid(x) - t
    }
  }

  private func crossEntropies(_ p: Tensor, _ t: Tensor) throws(TensorError) -> Tensor {
    let (probability, truth) = (p.detached(), t.detached())
    let values = try combined("bce", probability, truth, of: Float.self, into: .float32, Float.self) {
      (p, t) throws(TensorError) in
      -(t * max(logf(p), -100) + (1 - t) * max(log1pf(-p), -100))
    }
    return values.recorded("bce", p, t) { (node, g) throws(TensorError) in
      let (p, t) = (node.input(0, probability), node.input(1, truth))
      return [
        node.needs(0) ? try g * slope(p, t) : nil,
        node.needs(1) ? try g * (clampedLog(1 - p) - clampedLog(p)) : nil,
      ]
    }
  }

  private func clampedLog(_ p: Tensor) throws(TensorError) -> Tensor {
    let isTiny = try p.detached() < Tensor(Double(Float.leastNormalMagnitude))
    let safe = try select(where: isTiny, Tensor(1.0), otherwise: p)
    return try select(where: isTiny, Tensor(-100.0), otherwise: log(safe))
  }
}
