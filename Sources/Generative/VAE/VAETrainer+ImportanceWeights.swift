// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

extension VAETrainer {
  /// The negative importance-weighted bound of a batch, with k codes for each image from the training stream.
  ///
  ///     −log 1/k Σ exp(log p(x | z) + β (log p(z) − log q(z | x))),   z = mu + exp(½ logvar) · ε
  ///
  /// It is tighter than the sum of both terms, whose means over the codes are reported beside it. Free bits take no
  /// part. Burda, Grosse and Salakhutdinov 2015, arXiv:1509.00519.
  func importanceWeightedBound(of batch: Batch) throws(TrainerError) -> LowerBound {
    guard reconstruction != .gaussian || deviation != nil else {
      throw .unsupported(what: "k", reason: "recon=\"gaussian\" needs a sigma where k is above 1")
    }
    return try raising {
      let context = ForwardContext(isTraining: true, random: state.streams.dropout)
      var seen = batch.x
      if inputNoise > 0 { seen = try seen + state.streams.noise.normal(seen.shape) * inputNoise }
      try tell { StepPhase("E", .sample, values: [("x", batch.x)], examples: batch.x) }
      let labels = isConditional ? [batch.y].compactMap { $0 } : []
      let code = try code(of: [seen] + labels, in: context)
      let drawn = try ManyCodes(code, count: codes, noise: state.streams.noise)
      let inputs = try [drawn.z] + labels.map { try drawn.repeated($0) }
      let output = try decoded(inputs, in: context)
      try tell {
        let images = reconstruction.needsLogits ? try output.probability : output.value
        return StepPhase("D", .decode, values: [("recon", images)], examples: images)
      }
      let errors = try reconstruction.perImage(output, drawn.repeated(batch.x), deviation: deviation)
      let weights = try drawn.logRatio * effectiveBeta - errors.reshaped(to: [batch.count, codes])
      let divergence = try code.divergence
      return LowerBound(
        reconstruction: try sum(errors) * (1 / Double(codes)), divergence: divergence, rawDivergence: divergence,
        passes: [
          ForwardPass(name: "E", net: encoder, inputs: [seen] + labels),
          ForwardPass(name: "D", net: decoder, inputs: inputs),
        ], weighted: try -sum(logMeanExp(weights)))
    }
  }

  /// log of the mean of exponentials along the second axis, without overflow.
  private func logMeanExp(_ weights: Tensor) throws -> Tensor {
    let top = try max(weights.detached(), alongAxis: 1, keepingDimensions: true)
    return try log(mean(exp(weights - top), alongAxis: 1)) + top.reshaped(to: [weights.shape[0]])
  }
}

/// Several codes for each of some images.
private struct ManyCodes {
  /// [images · codes, latent], those of one image side by side.
  let z: Tensor
  /// log p(z) − log q(z | x), [images, codes]; the constants of the two normals cancel.
  let logRatio: Tensor
  private let count: Int

  init(_ code: NormalCode, count: Int, noise: RandomStream) throws {
    let (images, latent) = (code.mean.shape[0], code.mean.shape[1])
    let (mean, logVariance) = (
      try code.mean.reshaped(to: [images, 1, latent]), try code.logVariance.reshaped(to: [images, 1, latent])
    )
    let draws = try noise.normal([images, count, latent])
    let all = try mean + exp(logVariance * 0.5) * draws
    z = try all.reshaped(to: [images * count, latent])
    logRatio = try sum((draws * draws + logVariance - all * all) * 0.5, alongAxis: 2)
    self.count = count
  }

  /// Each image or label as often as it has codes.
  func repeated(_ x: Tensor) throws -> Tensor {
    let places = (0..<x.shape[0] * count).map { Int64($0 / count) }
    return try take(x, indices: Tensor(places, shape: [places.count]))
  }
}
