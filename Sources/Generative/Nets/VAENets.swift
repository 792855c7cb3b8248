// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a variational autoencoder: those given, the others made to fit the data.
struct VAENets {
  let encoder: any Layer
  let decoder: any Layer
  private let isConditional: Bool

  /// Nets that are there, to be checked.
  init(encoder: any Layer, decoder: any Layer, isConditional: Bool) {
    self.encoder = encoder
    self.decoder = decoder
    self.isConditional = isConditional
  }

  init(_ data: Dataset, _ options: VAEOptions, random: RandomStream) throws(TrainerError) {
    isConditional = options.isConditional
    let isCrossEntropy = options.reconstruction == .crossEntropy
    let plan = VAEPlan(
      shape: Shape(data.exampleShape), classes: data.classes.count,
      output: isCrossEntropy ? .sigmoid : data.valueRange.outputActivation, options: options, random: random)
    (encoder, decoder) = try raising {
      (try options.encoder ?? plan.encoder(), try options.decoder ?? plan.decoder())
    }
    if encoder.notes.label == nil { encoder.notes.label = "E" }
    if decoder.notes.label == nil { decoder.notes.label = "D" }
  }

  /// Makes sure that E gives two codes for each example and D an example for each code.
  func check(against data: Dataset, latent: Int) throws(TrainerError) {
    let count = 2
    let context = ForwardContext.checking
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

/// How the nets of a variational autoencoder are made.
private struct VAEPlan {
  let shape: Shape
  let classes: Int
  let output: ActivationLayer.Kind?
  let options: VAEOptions
  let random: RandomStream

  private var isConvolutional: Bool { options.architecture == .convolutional }
  private let convolutionWidth = 32

  func encoder() throws(LayerError) -> any Layer {
    var layers: [any Layer] = []
    var size = shape.count
    if isConvolutional {
      let nets = try ConvolutionalNets(shape: shape, width: convolutionWidth, random: random)
      if options.isConditional { layers.append(try LabelJoin(classes: classes, form: .planes, random: random)) }
      let channels = shape[0] + (options.isConditional ? classes : 0)
      layers += try nets.shrinking(channels: channels, activation: .relu, normalized: false)
      size = nets.featureCount
    } else if options.isConditional {
      layers.append(try LabelJoin(classes: classes, random: random))
      size += classes
    } else {
      layers.append(Flatten())
    }
    if !isConvolutional {
      layers += [try Linear(size, options.hidden, random: random), ActivationLayer(.relu)] as [any Layer]
      size = options.hidden
    }
    let heads = Heads([
      ("mu", try Linear(size, options.latent, random: random)),
      ("logvar", try Linear(size, options.latent, random: random)),
    ])
    return Sequential(layers + [heads])
  }

  func decoder() throws(LayerError) -> any Layer {
    var layers: [any Layer] = []
    var size = options.latent
    if options.isConditional {
      layers.append(try LabelJoin(classes: classes, random: random))
      size += classes
    }
    if isConvolutional {
      let nets = try ConvolutionalNets(shape: shape, width: convolutionWidth, random: random)
      return Sequential(layers + (try nets.growing(from: size, normalized: false, output: output)))
    }
    let plain = try ArticleNets.decoder(
      latent: size, hidden: options.hidden, shape: shape, output: output, random: random)
    return layers.isEmpty ? plain : Sequential(layers + plain.layers)
  }
}
