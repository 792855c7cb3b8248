// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// How far a reconstruction is from its original: −log p(x | z) summed over pixels and images, up to a constant.
///
///     mse       Σ (x̂ − x)²                         the article's; equals a normal of variance ½, but for a constant
///     bce       −Σ x log x̂ + (1 − x) log(1 − x̂)     pixels as probabilities, values 0 … 1
///     gaussian  Σ (x̂ − x)² / 2σ² + log σ + ½ log 2π   a likelihood; without a given σ the best one for the batch
public enum Reconstruction: String, Sendable, CaseIterable {
  /// The sum of squared differences.
  case squaredError = "mse"
  /// Binary cross-entropy, from the decoder's logits where it ends in a sigmoid.
  case crossEntropy = "bce"
  /// The negative logarithm of a normal density. Without σ: Rybkin et al. 2020, arXiv:2006.13202.
  case gaussian

  /// Whether the decoder's output is taken before its sigmoid.
  var needsLogits: Bool { self == .crossEntropy }

  /// Whether the sum is a negative log-likelihood, so that with the divergence it bounds that of the data.
  public var isLikelihood: Bool { self != .squaredError }

  /// The sum over everything.
  ///
  /// - Parameters:
  ///   - output: What the decoder gives, [batch, …]; logits for `crossEntropy`.
  ///   - original: The images.
  ///   - deviation: σ for `gaussian`; the batch's best if nil.
  /// - Returns: A scalar.
  /// - Throws: `TensorError` if the shapes differ.
  public func sum(_ output: Score, _ original: Tensor, deviation: Double? = nil) throws(TensorError) -> Tensor {
    switch self {
    case .squaredError: return try meanSquaredError(output.value, original, reduction: .sum)
    case .crossEntropy: return try output.crossEntropy(original, reduction: .sum)
    case .gaussian:
      let squares = try meanSquaredError(output.value, original, reduction: .sum)
      let count = Double(original.count)
      guard let deviation else {
        // At the best variance, the mean square itself, the squares sum to half the count.
        return try (log(squares / count + 1e-12) + 1 + logTwoPi) * (0.5 * count)
      }
      let constant = count * (scalarLog(deviation) + 0.5 * logTwoPi)
      return try squares / (2 * deviation * deviation) + constant
    }
  }

  /// The same for each image, [batch], as importance sampling needs it.
  func perImage(_ output: Score, _ original: Tensor, deviation: Double?) throws(TensorError) -> Tensor {
    let count = original.shape[0]
    func summed(_ x: Tensor) throws(TensorError) -> Tensor {
      try Tensors.sum(x.reshaped(to: [count, -1]), alongAxis: 1)
    }
    switch self {
    case .squaredError: return try summed(meanSquaredError(output.value, original, reduction: .none))
    case .crossEntropy: return try summed(output.crossEntropy(original, reduction: .none))
    case .gaussian:
      let squares = try summed(meanSquaredError(output.value, original, reduction: .none))
      let size = Double(original.count / max(count, 1))
      let best = try Tensors.sum(squares).item() / Double(original.count)
      let variance = deviation.map { $0 * $0 } ?? max(best, 1e-12)
      return try squares / (2 * variance) + size * 0.5 * (scalarLog(variance) + logTwoPi)
    }
  }
}
