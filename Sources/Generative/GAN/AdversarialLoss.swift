// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// The game between generator and discriminator: the one home of every adversarial loss.
///
/// `s` is the discriminator's score before any sigmoid (the logit), σ the sigmoid:
///
///     nonsaturating  errD = −mean log σ(s(x)) − mean log(1 − σ(s(G(z))))      errG = −mean log σ(s(G(z)))
///     minimax        errD as above                                            errG = mean log(1 − σ(s(G(z))))
///     ls             errD = ½ mean (s(x) − 1)² + ½ mean s(G(z))²               errG = ½ mean (s(G(z)) − 1)²
///     hinge          errD = mean max(0, 1 − s(x)) + mean max(0, 1 + s(G(z)))  errG = −mean s(G(z))
///     wasserstein    errD = mean s(G(z)) − mean s(x)                          errG = −mean s(G(z))
///
/// Goodfellow et al. 2014, arXiv:1406.2661; Mao et al. 2016, arXiv:1611.04076; Lim and Ye 2017, arXiv:1705.02894;
/// Arjovsky et al. 2017, arXiv:1701.07875.
public enum AdversarialLoss: String, Sendable, CaseIterable {
  /// The article's form: binary cross-entropy, with the generator's labels turned round.
  case nonsaturating
  /// The form of the min–max formula; its gradient vanishes while the discriminator wins.
  case minimax
  /// Least squares.
  case leastSquares = "ls"
  /// A margin of one on both sides.
  case hinge
  /// The Wasserstein distance, for a critic kept smooth by clipping or a gradient penalty.
  case wasserstein

  /// The loss of a name; `bce` is another name of `nonsaturating`.
  public init?(name: String) {
    self.init(rawValue: name == "bce" ? "nonsaturating" : name)
  }

  /// Whether scores are turned into probabilities by a sigmoid.
  public var usesProbabilities: Bool { self == .nonsaturating || self == .minimax }

  /// The discriminator's two terms, to be added: one for real, one for generated examples.
  ///
  /// - Parameters:
  ///   - real: Scores of real examples, any shape.
  ///   - fake: Scores of generated examples.
  ///   - realTarget: What real examples should score, 1 or a little less (one-sided label smoothing).
  /// - Returns: Two scalars.
  /// - Throws: `TensorError` if memory is short.
  public func discriminator(
    real: Score, fake: Score, realTarget: Double = 1
  ) throws(TensorError) -> (real: Tensor, fake: Tensor) {
    switch self {
    case .nonsaturating, .minimax:
      (try real.crossEntropy(target: realTarget), try fake.crossEntropy(target: 0))
    case .leastSquares:
      (try mean(square(real.value - realTarget)) * 0.5, try mean(square(fake.value)) * 0.5)
    case .hinge: (try mean(relu(realTarget - real.value)), try mean(relu(fake.value + 1)))
    case .wasserstein: (try -mean(real.value), try mean(fake.value))
    }
  }

  /// The generator's loss.
  ///
  /// - Parameter fake: Scores of generated examples.
  /// - Returns: A scalar.
  /// - Throws: `TensorError` if memory is short.
  public func generator(fake: Score) throws(TensorError) -> Tensor {
    switch self {
    case .nonsaturating: try fake.crossEntropy(target: 1)
    case .minimax: try -fake.crossEntropy(target: 0)
    case .leastSquares: try mean(square(fake.value - 1)) * 0.5
    case .hinge, .wasserstein: try -mean(fake.value)
    }
  }

  /// What people read as D(x) or D(G(z)): the mean probability, or the mean score where there are none.
  func reading(of score: Score) throws(TensorError) -> Double { try mean(said(score)).item() }

  /// The probabilities, or the scores where there are none.
  func said(_ score: Score) throws(TensorError) -> Tensor {
    usesProbabilities ? try score.probability : score.value.detached()
  }
}

private func square(_ x: Tensor) throws(TensorError) -> Tensor { try x * x }
