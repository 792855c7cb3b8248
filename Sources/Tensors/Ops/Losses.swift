// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How a loss over many elements becomes one number.
public enum LossReduction: Sendable, Hashable, CaseIterable {
  /// The mean of the elements.
  case mean
  /// The sum of the elements.
  case sum
  /// The elements themselves.
  case none

  func applied(to x: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .mean: try Tensors.mean(x)
    case .sum: try Tensors.sum(x)
    case .none: x
    }
  }
}

/// Losses never broadcast: [64] against [64, 1] would pair every element with every other.
private func paired(_ operation: String, _ a: Tensor, _ b: Tensor) throws(TensorError) -> (Tensor, Tensor) {
  guard a.shape == b.shape else { throw .mismatch(operation: operation, left: a.shape, right: b.shape) }
  return (try a.floats(), try b.floats())
}

/// The squared difference.
///
/// Throws when the shapes differ.
public func meanSquaredError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (x, t) = try paired("mse", input, target)
  let difference = try x - t
  return try reduction.applied(to: difference * difference)
}

/// The absolute difference.
///
/// Throws when the shapes differ.
public func meanAbsoluteError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (x, t) = try paired("l1", input, target)
  return try reduction.applied(to: abs(x - t))
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
  return try reduction.applied(to: binaryCrossEntropyValues(p, t))
}

private func binaryCrossEntropyValues(_ p: Tensor, _ t: Tensor) throws(TensorError) -> Tensor {
  let (probability, truth) = (p.detached(), t.detached())
  let values = try combined("bce", probability, truth, of: Float.self, into: .float32, Float.self) {
    (p, t) throws(TensorError) in
    -(t * max(logf(p), -100) + (1 - t) * max(log1pf(-p), -100))
  }
  return values.recorded("bce", p, t) { (node, g) throws(TensorError) in
    let (p, t) = (node.input(0, probability), node.input(1, truth))
    return [
      // As PyTorch does, finite also where the logarithm is not.
      node.needs(0) ? try g * (p - t) / maximum(p * (1 - p), Tensor(1e-12)) : nil,
      node.needs(1) ? try g * (clampedLog(1 - p) - clampedLog(p)) : nil,
    ]
  }
}

private func clampedLog(_ p: Tensor) throws(TensorError) -> Tensor {
  let isTiny = try p.detached() < Tensor(Double(Float.leastNormalMagnitude))
  let safe = try select(where: isTiny, Tensor(1.0), otherwise: p)
  return try select(where: isTiny, Tensor(-100.0), otherwise: log(safe))
}

/// `binaryCrossEntropy` of the sigmoid of `logits`, computed without overflow.
///
/// Throws when the shapes differ.
public func binaryCrossEntropyFromLogits(
  _ logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let (z, t) = try paired("bce_logits", logits, target)
  return try reduction.applied(to: softplus(z) - z * t)
}

/// The negative log-probability that softmax of `logits` [batch, classes] gives each label [batch].
///
/// Labels are whole numbers, or a probability for each class in the logits' shape. Throws when the shapes do not fit or
/// a label is out of range.
public func crossEntropy(
  _ logits: Tensor, _ labels: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  guard logits.rank == 2 else {
    throw .unsuitable(operation: "cross_entropy", shape: logits.shape, needs: "logits [batch, classes]")
  }
  let logProbabilities = try logSoftmax(logits, alongAxis: 1)
  if labels.dtype == .float32 {
    guard labels.shape == logits.shape else {
      throw .mismatch(operation: "cross_entropy", left: logits.shape, right: labels.shape)
    }
    return try reduction.applied(to: -sum(logProbabilities * labels, alongAxis: 1))
  }
  guard labels.shape == [logits.shape[0]] else {
    throw .mismatch(operation: "cross_entropy", left: logits.shape, right: labels.shape)
  }
  let places = try labels.converted(to: .int64).unsqueezed(axis: 1)
  for label in places.integers() where label < 0 || label >= logits.shape[1] {
    throw .indexOutOfRange(operation: "cross_entropy", index: Int(label), size: logits.shape[1])
  }
  let picked = try gather(logProbabilities, indices: places, alongAxis: 1)
  return try reduction.applied(to: -picked.squeezed(axis: 1))
}

/// The divergence KL(N(μ, e^logVariance) ‖ N(0, 1)), element by element: ½ (e^v + μ² − 1 − v).
///
/// Throws when the shapes differ. Kingma and Welling 2013, arXiv:1312.6114, appendix B.
public func normalDivergence(
  mean: Tensor, logVariance: Tensor, reduction: LossReduction = .sum
) throws(TensorError) -> Tensor {
  let (mu, v) = try paired("kl_normal", mean, logVariance)
  return try reduction.applied(to: (exp(v) + mu * mu - 1 - v) * 0.5)
}
