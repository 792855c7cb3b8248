// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a classifier with a bottleneck: those given, the others made to fit the data.
struct BottleneckNets {
  let encoder: any Layer
  let decoder: any Layer

  /// Codes start with a deviation of e⁻⁵ = 0.0067, as in the paper, so that the decoder hears the mean from the start.
  private static let startingLogVariance = -10.0

  /// Nets that are there, to be checked.
  init(encoder: any Layer, decoder: any Layer) {
    self.encoder = encoder
    self.decoder = decoder
  }

  init(_ data: Dataset, _ options: BottleneckOptions, random: RandomStream) throws(TrainerError) {
    let shape = Shape(data.exampleShape)
    (encoder, decoder) = try raising {
      (
        try options.encoder ?? Self.encoder(shape, options, random: random),
        try options.decoder ?? Sequential(Linear(options.latent, data.classes.count, random: random))
      )
    }
    if encoder.notes.label == nil { encoder.notes.label = "E" }
    if decoder.notes.label == nil { decoder.notes.label = "D" }
  }

  /// `Flatten, Linear, relu, Linear, relu, Heads(mu, logvar)`.
  private static func encoder(
    _ shape: Shape, _ options: BottleneckOptions, random: RandomStream
  ) throws -> any Layer {
    let (hidden, latent) = (options.hidden, options.latent)
    let spread = try Linear(hidden, latent, random: random)
    try spread.bias?.set(.full([latent], startingLogVariance))
    return Sequential(
      Flatten(), try Linear(shape.count, hidden, random: random), ActivationLayer(.relu),
      try Linear(hidden, hidden, random: random), ActivationLayer(.relu),
      Heads([("mu", try Linear(hidden, latent, random: random)), ("logvar", spread)]))
  }

  /// Makes sure that E gives two codes for each example and D a logit for each class.
  func check(against data: Dataset, latent: Int) throws(TrainerError) {
    let count = 2
    let context = ForwardContext.checking
    try raising {
      let coded = try encoder.output(of: [.zeros(Shape([count] + data.exampleShape))], in: context)
      let codes: Shape = [count, latent]
      guard coded["mu"]?.shape == codes, coded["logvar"]?.shape == codes else {
        throw TrainerError.outputShape(net: "E", expected: codes, found: coded.shape.description)
      }
      let said = try decoder.output(of: [.zeros(codes)], in: context)
      let expected: Shape = [count, data.classes.count]
      guard said.tensor?.shape == expected else {
        throw TrainerError.outputShape(net: "D", expected: expected, found: said.shape.description)
      }
    }
  }
}
