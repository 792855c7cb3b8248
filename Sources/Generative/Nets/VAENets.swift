// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a variational autoencoder: those given, the others made to fit the data.
struct VAENets {
  let encoder: any Layer
  let decoder: any Layer
  private let isConditional: Bool

  init(_ data: Dataset, _ options: VAEOptions, random: RandomStream) throws(TrainerError) {
    isConditional = options.isConditional
    let plan = NetPlan(
      shape: Shape(data.exampleShape), classes: data.classes.count, output: data.valueRange.outputActivation,
      random: random)
    (encoder, decoder) = try raising {
      (try options.encoder ?? plan.encoder(options), try options.decoder ?? plan.decoder(options))
    }
    if encoder.notes.label == nil { encoder.notes.label = "E" }
    if decoder.notes.label == nil { decoder.notes.label = "D" }
  }

  /// Makes sure that E gives two codes for each example and D an example for each code.
  func check(against data: Dataset, latent: Int) throws(TrainerError) {
    let count = 2
    let context = ForwardContext(
      isTraining: false, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: false)
    try raising {
      let labels = isConditional ? [try Tensor([Int64](repeating: 0, count: count), shape: [count])] : []
      let expected = Shape([count] + data.exampleShape)
      let coded = try encoder.output(of: [.zeros(expected)] + labels, in: context)
      let codes: Shape = [count, latent]
      guard let mean = coded["mu"] ?? coded["mean"], let spread = coded["logvar"] ?? coded["log_variance"],
        mean.shape == codes, spread.shape == codes
      else {
        throw TrainerError.outputShape(net: "E", expected: codes, found: coded.shape.description)
      }
      let made = try decoder.output(of: [.zeros(codes)] + labels, in: context)
      guard let examples = made.tensor, examples.shape == expected else {
        throw TrainerError.outputShape(net: "D", expected: expected, found: made.shape.description)
      }
    }
  }
}

extension NetPlan {
  func encoder(_ options: VAEOptions) throws(LayerError) -> any Layer {
    try ArticleNets.encoder(latent: options.latent, hidden: options.hidden, shape: shape, random: random)
  }

  func decoder(_ options: VAEOptions) throws(LayerError) -> any Layer {
    try ArticleNets.decoder(
      latent: options.latent, hidden: options.hidden, shape: shape,
      output: options.reconstruction == .crossEntropy ? .sigmoid : output, random: random)
  }
}
