// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The two nets of a super-resolution GAN: those given, the others made to fit the data.
struct SuperResolutionNets {
  let generator: any Layer
  let discriminator: any Layer

  /// Nets that are there, to be checked.
  init(generator: any Layer, discriminator: any Layer) {
    self.generator = generator
    self.discriminator = discriminator
  }

  init(_ data: Dataset, _ options: SuperResolutionOptions, random: RandomStream) throws(TrainerError) {
    let shape = Shape(data.exampleShape)
    (generator, discriminator) = try raising {
      let output = data.valueRange.outputActivation
      return (
        try options.generator ?? Self.generator(shape[0], options.width, output: output, random: random),
        try options.discriminator ?? Self.discriminator(shape, options, random: random)
      )
    }
    if generator.notes.label == nil { generator.notes.label = "G" }
    if discriminator.notes.label == nil { discriminator.notes.label = "D" }
  }

  /// `Conv2d(3×3), relu, Conv2d(3×3), relu, ConvTranspose2d(4×4, stride 2), output`: images of any size.
  private static func generator(
    _ channels: Int, _ width: Int, output: ActivationLayer.Kind?, random: RandomStream
  ) throws(LayerError) -> any Layer {
    let layers: [any Layer] = [
      try Conv2d(channels, width, kernelSize: 3, padding: 1, random: random), ActivationLayer(.relu),
      try Conv2d(width, width, kernelSize: 3, padding: 1, random: random), ActivationLayer(.relu),
      try ConvTranspose2d(width, channels, kernelSize: 4, stride: 2, padding: 1, random: random),
    ]
    return Sequential(layers + (output.map { [ActivationLayer($0)] } ?? []))
  }

  /// Two convolutions of 4×4 with stride 2 and a linear layer; a sigmoid where the game uses probabilities.
  private static func discriminator(
    _ shape: Shape, _ options: SuperResolutionOptions, random: RandomStream
  ) throws(LayerError) -> any Layer {
    let nets = try ConvolutionalNets(shape: shape, width: options.width, random: random)
    let features = try nets.shrinking(
      channels: shape[0], activation: .leakyReLU(slope: 0.2), normalized: false)
    let closing: [any Layer] = options.loss.usesProbabilities ? [ActivationLayer(.sigmoid)] : []
    return Sequential(features + [try Linear(nets.featureCount, 1, random: random)] + closing)
  }

  /// Makes sure that G doubles the sides and D gives a number for each image.
  func check(against data: Dataset) throws(TrainerError) {
    let count = 2
    let context = ForwardContext.checking
    try raising {
      let whole = Shape([count] + data.exampleShape)
      let made = try generator.output(of: [averagePool2d(.zeros(whole), size: 2)], in: context)
      guard let images = made.tensor, images.shape == whole else {
        throw TrainerError.outputShape(net: "G", expected: whole, found: made.shape.description)
      }
      let judged = try discriminator.output(of: [images], in: context)
      guard judged.tensor?.count == count else {
        throw TrainerError.outputShape(net: "D", expected: [count, 1], found: judged.shape.description)
      }
    }
  }
}
