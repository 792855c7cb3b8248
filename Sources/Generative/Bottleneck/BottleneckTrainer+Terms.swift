// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two terms of the loss for one batch, as scalars of the graph.
struct BottleneckTerms {
  /// The mean cross-entropy of the labels, nats.
  let crossEntropy: Tensor
  /// The mean divergence of the codes from the standard normal distribution, nats.
  let divergence: Tensor
  /// [batch, classes].
  let logits: Tensor
  /// [batch], or for mixed images [batch, classes].
  let labels: Tensor
  /// The passes that were made.
  let passes: [ForwardPass]
}

extension BottleneckTrainer {
  /// The terms for a batch, with codes drawn from the training stream.
  func terms(of batch: Batch) throws(TrainerError) -> BottleneckTerms {
    guard let labels = batch.y else { throw .data(.unlabelled(name: state.loader?.data.name ?? typeName)) }
    return try raising {
      let context = ForwardContext(isTraining: true, random: state.streams.dropout)
      try tell { StepPhase("E", .sample, values: [("x", batch.x), ("y", labels)], examples: batch.x) }
      let code = try code(of: batch.x, in: context)
      let z = try draw(code)
      let logits = try decoder(z, in: context)
      try tell { StepPhase("D", .classify, values: [("logits", logits)], figures: spreadFigures("logit", logits)) }
      let divergence = try code.divergence
      return BottleneckTerms(
        crossEntropy: try crossEntropy(logits, labels), divergence: try divergence * (1 / Double(batch.count)),
        logits: logits, labels: labels,
        passes: [
          ForwardPass(name: "E", net: encoder, inputs: [batch.x]), ForwardPass(name: "D", net: decoder, inputs: [z]),
        ])
    }
  }

  /// What the encoder says of examples.
  func code(of examples: Tensor, in context: ForwardContext) throws -> NormalCode {
    try NormalCode(of: [examples], by: encoder, latent: latent, in: context)
  }
}
