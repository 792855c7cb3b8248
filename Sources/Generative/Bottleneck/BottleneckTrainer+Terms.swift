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
      let deviation = try exp(code.logVariance * 0.5)
      let z = try code.mean + deviation * state.streams.noise.normal(code.mean.shape)
      try tell {
        StepPhase(
          "E", .encode, values: [("mu", code.mean), ("logvar", code.logVariance), ("z = mu + exp(½ logvar) · ε", z)],
          figures: spreadFigures("mu", code.mean) + spreadFigures("sd", deviation))
      }
      let logits = try decoder(z, in: context)
      try tell { StepPhase("D", .classify, values: [("logits", logits)], figures: spreadFigures("logit", logits)) }
      let divergence = try normalDivergence(mean: code.mean, logVariance: code.logVariance)
      return BottleneckTerms(
        crossEntropy: try crossEntropy(logits, labels), divergence: try divergence * (1 / Double(batch.count)),
        logits: logits, labels: labels,
        passes: [
          ForwardPass(name: "E", net: encoder, inputs: [batch.x]), ForwardPass(name: "D", net: decoder, inputs: [z]),
        ])
    }
  }

  /// Mean and log-variance that the encoder gives, each [batch, latent].
  func code(of examples: Tensor, in context: ForwardContext) throws -> (mean: Tensor, logVariance: Tensor) {
    let output = try encoder.output(of: [examples], in: context)
    guard let mean = output["mu"], let logVariance = output["logvar"] else {
      let expected = Shape([examples.shape[0], latent])
      throw TrainerError.outputShape(net: "E", expected: expected, found: output.shape.description)
    }
    return (mean, logVariance)
  }
}
