// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The terms of the bound for one batch, as scalars of the graph.
struct LowerBound {
  /// −log p(x | z), summed over the batch.
  let reconstruction: Tensor
  /// The divergence as it enters the loss: with free bits.
  let divergence: Tensor
  /// The divergence itself.
  let rawDivergence: Tensor
  /// The passes that were made.
  let passes: [ForwardPass]
  /// The importance-weighted bound, where that is what is trained in place of both terms.
  var weighted: Tensor?
}

extension VAETrainer {
  /// The terms for a batch, with codes drawn from the training stream.
  func lowerBound(of batch: Batch) throws(TrainerError) -> LowerBound {
    let labels = isConditional ? [batch.y].compactMap { $0 } : []
    return try raising {
      let context = ForwardContext(isTraining: true, random: state.streams.dropout)
      var seen = batch.x
      if inputNoise > 0 { seen = try seen + state.streams.noise.normal(seen.shape) * inputNoise }
      try tell { StepPhase("E", .sample, values: [("x", batch.x)], examples: batch.x) }
      let code = try code(of: [seen] + labels, in: context)
      let z = try draw(code)
      let output = try decoded([z] + labels, in: context)
      try tell {
        let images = reconstruction.needsLogits ? try output.probability : output.value
        return StepPhase("D", .decode, values: [("recon", images)], examples: images)
      }
      let raw = try code.divergence
      return LowerBound(
        reconstruction: try reconstruction.sum(output, batch.x, deviation: self.deviation),
        divergence: freeBits > 0 ? try divergenceAboveFreeBits(code) : raw, rawDivergence: raw,
        passes: [
          ForwardPass(name: "E", net: encoder, inputs: [seen] + labels),
          ForwardPass(name: "D", net: decoder, inputs: [z] + labels),
        ])
    }
  }

  /// What the encoder says of images and, where it wants them, labels.
  func code(of inputs: [Tensor], in context: ForwardContext) throws -> NormalCode {
    try NormalCode(of: inputs, by: encoder, latent: latent, in: context)
  }

  /// What the decoder makes of codes: logits where the loss wants them, else images.
  func decoded(_ inputs: [Tensor], in context: ForwardContext) throws -> Score {
    if reconstruction.needsLogits { return try score(of: decoder, inputs, in: context) }
    let output = try decoder.output(of: inputs, in: context)
    guard let images = output.tensor else {
      throw LayerError(.manyOutputs([]), in: decoder, input: inputs.first?.shape)
    }
    return .logits(images)
  }

  /// The divergence, no unit counted for less than its free bits.
  ///
  /// Kingma et al. 2016, arXiv:1606.04934.
  private func divergenceAboveFreeBits(_ code: NormalCode) throws -> Tensor {
    let each = try normalDivergence(mean: code.mean, logVariance: code.logVariance, reduction: .none)
    let units = try mean(each, alongAxis: 0)
    return try sum(maximum(units, Tensor(freeBits))) * Double(code.mean.shape[0])
  }
}
