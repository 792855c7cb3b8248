// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a GAN: those given, the others made to fit the data.
struct GANNets {
  let generator: any Layer
  let discriminator: any Layer
  private let conditioning: Conditioning?

  /// Nets that are there, to be checked.
  init(generator: any Layer, discriminator: any Layer, conditioning: Conditioning?) {
    self.generator = generator
    self.discriminator = discriminator
    self.conditioning = conditioning
  }

  init(_ data: Dataset, _ options: GANOptions, random: RandomStream) throws(TrainerError) {
    conditioning = options.conditioning
    let plan = GANPlan(
      shape: Shape(data.exampleShape), classes: data.classes.count, output: data.valueRange.outputActivation,
      options: options, random: random)
    (generator, discriminator) = try raising {
      (try options.generator ?? plan.generator(), try options.discriminator ?? plan.discriminator())
    }
    if generator.notes.label == nil { generator.notes.label = "G" }
    if discriminator.notes.label == nil { discriminator.notes.label = "D" }
  }

  /// Makes sure that G's output is an example's shape and D's a number for each.
  func check(against data: Dataset, latent: Int) throws(TrainerError) {
    let count = 2
    let context = ForwardContext.checking
    try raising {
      let labels = conditioning == nil ? [] : [try Tensor([Int64](repeating: 0, count: count), shape: [count])]
      let made = try generator.output(of: [.zeros([count, latent])] + labels, in: context)
      let expected = Shape([count] + data.exampleShape)
      guard let examples = made.tensor, examples.shape == expected else {
        throw TrainerError.outputShape(net: "G", expected: expected, found: made.shape.description)
      }
      let judged = try discriminator.output(of: [examples] + (usesLabels ? labels : []), in: context)
      let score = judged.tensor ?? judged["score"]
      guard let score, score.count == count else {
        throw TrainerError.outputShape(net: "D", expected: [count, 1], found: judged.shape.description)
      }
    }
  }

  private var usesLabels: Bool { conditioning == .concatenation || conditioning == .projection }
}

/// How the nets of a GAN are made.
private struct GANPlan {
  let shape: Shape
  let classes: Int
  let output: ActivationLayer.Kind?
  let options: GANOptions
  let random: RandomStream

  private var isSmall: Bool { options.architecture == .small }
  private let embeddingSize = 16

  // MARK: Generator

  func generator() throws(LayerError) -> any Layer {
    var layers: [any Layer] = []
    var size = options.latent
    if let conditioning = options.conditioning {
      let form: LabelJoin.Form = conditioning == .projection ? .learned(embeddingSize) : .oneHot
      layers.append(try LabelJoin(classes: classes, form: form, random: random))
      size += conditioning == .projection ? embeddingSize : classes
    }
    if options.architecture == .dcgan {
      let nets = try ConvolutionalNets(shape: shape, random: random)
      let net = Sequential(layers + (try nets.growing(from: size, normalized: true, output: output)))
      try net.initialize(.dcgan, random: random)
      return net
    }
    let hidden = isSmall ? [128, 256] : [256, 512]
    let plain = try ArticleNets.generator(latent: size, hidden: hidden, shape: shape, output: output, random: random)
    return layers.isEmpty ? plain : Sequential(layers + plain.layers)
  }

  // MARK: Discriminator

  func discriminator() throws(LayerError) -> any Layer {
    let net = try withHead()
    if options.architecture == .dcgan { try net.initialize(.dcgan, random: random) }
    return net
  }

  private func withHead() throws(LayerError) -> any Layer {
    let (features, size) = try self.features()
    switch options.conditioning {
    case .projection:
      return ProjectionDiscriminator(
        features: Sequential(features), head: try bounded(Linear(size, 1, random: random)),
        embedding: try bounded(Embedding(classes, size, random: random)))
    case .auxiliary:
      return Sequential(
        features + [
          Heads([
            ("score", try bounded(Linear(size, 1, random: random))),
            ("classes", try bounded(Linear(size, classes, random: random))),
          ])
        ])
    case .concatenation, nil:
      // The article's net ends in a sigmoid; games without probabilities, and bounded nets, do without.
      let closing: [any Layer] = options.loss.usesProbabilities ? [ActivationLayer(.sigmoid)] : []
      return Sequential(features + [try bounded(Linear(size, 1, random: random))] + closing)
    }
  }

  /// Everything before the last layer, and how many features it gives.
  private func features() throws(LayerError) -> (layers: [any Layer], size: Int) {
    let joins = options.conditioning == .concatenation
    var layers: [any Layer] = []
    var size: Int
    if options.architecture == .dcgan {
      let nets = try ConvolutionalNets(shape: shape, random: random)
      if joins { layers.append(try LabelJoin(classes: classes, form: .planes, random: random)) }
      layers += try nets.shrinking(
        channels: shape[0] + (joins ? classes : 0), activation: .leakyReLU(slope: 0.2),
        normalized: options.gradientPenalty == nil, spectral: options.usesSpectralNorm)
      size = nets.featureCount
    } else {
      layers.append(joins ? try LabelJoin(classes: classes, random: random) : Flatten())
      size = shape.count + (joins ? classes : 0)
      for next in isSmall ? [128] : [512, 256] {
        layers.append(try bounded(Linear(size, next, random: random)))
        layers.append(ActivationLayer(.leakyReLU(slope: 0.2)))
        size = next
      }
    }
    guard options.usesMinibatchDeviation else { return (layers, size) }
    return (layers + [MinibatchDeviation()], size + 1)
  }

  private func bounded(_ layer: any Layer) throws(LayerError) -> any Layer {
    options.usesSpectralNorm ? try SpectralNorm(layer, random: random) : layer
  }
}
