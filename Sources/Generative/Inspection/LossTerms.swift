// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// How two terms of a loss pull at the weights of a net.
public struct TermComparison: Sendable, Hashable {
  /// The net.
  public let net: String
  /// The names of the two terms.
  public let terms: [String]
  /// The length of each term's gradient.
  public let norms: [Double]
  /// The cosine of the angle between them: 1 the same way, 0 across, −1 against each other.
  public let cosine: Double

  /// The angle in degrees, 0 … 180.
  public var degrees: Double { scalarArcCosine(min(max(cosine, -1), 1)) * 180 / .pi }
}

extension Trainer {
  /// How the terms of the loss pull at each net, on the next batch and noise; training is left as it is.
  ///
  /// For a VAE `recon` against `kl`; for a GAN the terms for real and generated examples in D; with an auxiliary
  /// classifier, the adversarial term against that of the class in both nets; for super-resolution pixels against the game in G; for
  /// a bottleneck `ce` against `kl`.
  ///
  /// - Returns: A comparison for each net that two terms reach.
  /// - Throws: `TrainerError` if the pass fails, `TrainerError.unsupported` for a loss of one term.
  public func compareTerms() throws(TrainerError) -> [TermComparison] {
    let streams = state.streams.states
    let position = state.loader?.position
    let buffers = nets.flatMap { $0.net.namedBuffers }.map { ($0.buffer, $0.buffer.value) }
    defer {
      state.streams.states = streams
      if let position { state.loader?.position = position }
      for (buffer, value) in buffers { buffer.value = value }
    }
    let terms: [(name: String, loss: Tensor)]
    // The terms of G's loss, where they are others than D's.
    var generatorTerms: [(name: String, loss: Tensor)]?
    switch self {
    case let vae as VAETrainer: terms = try vae.terms()
    case let gan as GANTrainer: (terms, generatorTerms) = try gan.terms()
    case let bottleneck as BottleneckTrainer:
      let both = try bottleneck.terms(of: bottleneck.nextBatch())
      terms = [("ce", both.crossEntropy), ("kl", both.divergence)]
    case let enlarger as SuperResolutionTrainer: terms = try enlarger.terms()
    default: throw .unsupported(what: "terms", reason: "the loss of this trainer has one term")
    }
    var found: [TermComparison] = []
    for part in nets {
      let own = part.name == "G" ? generatorTerms ?? terms : terms
      if let comparison = try comparison(of: part, own) { found.append(comparison) }
    }
    return found
  }

  private func comparison(
    of part: (name: String, net: any Layer), _ terms: [(name: String, loss: Tensor)]
  ) throws(TrainerError) -> TermComparison? {
    let leaves = part.net.allParameters.filter { !$0.isFrozen }.map(\.value)
    var gradients: [[Tensor]] = []
    for (_, loss) in terms {
      // A net that one of the terms does not reach is pulled by the other alone.
      guard let found = try raising({ try gradientOrZero(of: loss, withRespectTo: leaves) }) else { return nil }
      gradients.append(found)
    }
    guard gradients.count == 2, !leaves.isEmpty else { return nil }
    return try raising {
      var (squares, other, product) = (0.0, 0.0, 0.0)
      for (first, second) in zip(gradients[0], gradients[1]) {
        squares += try sum(first * first).item()
        other += try sum(second * second).item()
        product += try sum(first * second).item()
      }
      let lengths = [squares.squareRoot(), other.squareRoot()]
      let both = lengths[0] * lengths[1]
      return TermComparison(
        net: part.name, terms: terms.map(\.name), norms: lengths, cosine: both > 0 ? product / both : 0)
    }
  }
}

/// The gradient, zero at the weights that a loss does not reach, such as those of another head; nil if it reaches none.
private func gradientOrZero(of loss: Tensor, withRespectTo leaves: [Tensor]) throws -> [Tensor]? {
  let zeros = try leaves.map { try Tensor.zeros($0.shape) }
  var reached = Array(leaves.indices)
  while !reached.isEmpty {
    do throws(TensorError) {
      let found = try gradient(of: loss, withRespectTo: reached.map { leaves[$0] }, retainingGraph: true)
      var all = zeros
      for (index, gradient) in zip(reached, found) { all[index] = gradient }
      return all
    } catch {
      guard case .notConnected(let index) = error, reached.indices.contains(index) else { throw error }
      reached.remove(at: index)
    }
  }
  return nil
}

extension VAETrainer {
  /// Both terms of the bound on the next batch.
  fileprivate func terms() throws(TrainerError) -> [(name: String, loss: Tensor)] {
    guard let loader = state.loader else { throw .unsupported(what: "terms", reason: "there are no data") }
    let batch = try raising { try loader.next() }
    let bound = try lowerBound(of: batch)
    return [("recon", bound.reconstruction), ("kl", bound.rawDivergence)]
  }
}

extension SuperResolutionTrainer {
  /// The two terms of G's loss on the next batch.
  fileprivate func terms() throws(TrainerError) -> [(name: String, loss: Tensor)] {
    guard let loader = state.loader else { throw .unsupported(what: "terms", reason: "there are no data") }
    let batch = try raising { try loader.next() }
    let images = try enlarged(batch.x, recording: true)
    let onFake = try judge(images.fake, isWatched: false)
    return try raising {
      [
        ("content", try meanSquaredError(images.fake, images.real)),
        ("adversarial", try loss.generator(fake: onFake)),
      ]
    }
  }
}

extension GANTrainer {
  /// The two terms of D's loss on the next batch; with an auxiliary classifier game and class, for D and for G.
  fileprivate func terms() throws(TrainerError) -> (
    D: [(name: String, loss: Tensor)], G: [(name: String, loss: Tensor)]?
  ) {
    let real = try nextBatch()
    let fake = try generate(like: real, recording: conditioning == .auxiliary)
    let labels = conditioning == nil ? nil : real.y
    let onReal = try judge(real.x, labels, isWatched: true)
    let onFake = try judge(fake.examples.detached(), fake.labels, isWatched: true)
    let game = try raising {
      try loss.discriminator(real: onReal.score, fake: onFake.score, realTarget: 1 - labelSmoothing)
    }
    guard let classes = try classLoss(onReal, real.y, onFake, fake.labels), let wanted = fake.labels else {
      return ([("real", game.real), ("fake", game.fake)], nil)
    }
    let again = try judge(fake.examples, fake.labels, isWatched: false)
    return try raising {
      var forG = [(name: "adversarial", loss: try loss.generator(fake: again.score))]
      if let said = again.classes { forG.append(("class", try crossEntropy(said, wanted))) }
      return ([("adversarial", try game.real + game.fake), ("class", classes)], forG)
    }
  }
}
