// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a GAN: those given, the others made to fit the data.
struct GANNets {
  let generator: any Layer
  let discriminator: any Layer
  private let conditioning: Conditioning?

  init(_ data: Dataset, _ options: GANOptions, random: RandomStream) throws(TrainerError) {
    conditioning = options.conditioning
    let shape = Shape(data.exampleShape)
    let output = data.valueRange.outputActivation
    (generator, discriminator) = try raising {
      let plan = NetPlan(shape: shape, classes: data.classes.count, output: output, random: random)
      return (
        try options.generator ?? plan.generator(options), try options.discriminator ?? plan.discriminator(options)
      )
    }
    if generator.notes.label == nil { generator.notes.label = "G" }
    if discriminator.notes.label == nil { discriminator.notes.label = "D" }
  }

  /// Makes sure that G's output is an example's shape and D's a number for each.
  func check(against data: Dataset, latent: Int) throws(TrainerError) {
    let count = 2
    let context = ForwardContext(
      isTraining: false, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: false)
    try raising {
      let labels = conditioning == nil ? [] : [try Tensor([Int64](repeating: 0, count: count), shape: [count])]
      let made = try generator.output(of: [.zeros([count, latent])] + labels, in: context)
      let expected = Shape([count] + data.exampleShape)
      guard let examples = made.tensor, examples.shape == expected else {
        throw TrainerError.outputShape(net: "G", expected: expected, found: made.shape.description)
      }
      let usesLabels = conditioning == .concatenation || conditioning == .projection
      let judged = try discriminator.output(of: [examples] + (usesLabels ? labels : []), in: context)
      let score = judged.tensor ?? judged["score"]
      guard let score, score.count == count else {
        throw TrainerError.outputShape(net: "D", expected: [count, 1], found: judged.shape.description)
      }
    }
  }
}

/// What nets must fit.
struct NetPlan {
  /// The shape of one example.
  let shape: Shape
  /// How many classes there are.
  let classes: Int
  /// The last activation of a net that makes examples.
  let output: ActivationLayer.Kind?
  /// Where weights are drawn from.
  let random: RandomStream

  func generator(_ options: GANOptions) throws(LayerError) -> any Layer {
    let hidden = options.architecture == .small ? [128, 256] : [256, 512]
    guard let conditioning = options.conditioning else {
      return try ArticleNets.generator(
        latent: options.latent, hidden: hidden, shape: shape, output: output, random: random)
    }
    _ = conditioning
    return try ArticleNets.generator(
      latent: options.latent, hidden: hidden, shape: shape, output: output, random: random)
  }

  func discriminator(_ options: GANOptions) throws(LayerError) -> any Layer {
    let hidden = options.architecture == .small ? [128] : [512, 256]
    return try ArticleNets.discriminator(hidden: hidden, shape: shape, random: random)
  }
}
