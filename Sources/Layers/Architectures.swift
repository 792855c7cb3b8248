// SPDX-License-Identifier: Apache-2.0
public import Tensors

// The small fully connected nets of a first GAN and a first VAE. Images are [channel, height, width], values −1 … 1.

extension Sequential {
  /// A generator: noise [batch, latent] to images [batch] + shape, through LeakyReLU(0.2), ending in tanh.
  ///
  /// Throws when a size is below one.
  public static func generator(
    latent: Int = 100, hidden: [Int] = [128, 256], shape: Shape = [1, 28, 28], random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = []
    var size = latent
    for width in hidden {
      layers += [try Linear(size, width, random: random), ActivationLayer(.leakyReLU(slope: 0.2))] as [any Layer]
      size = width
    }
    layers += [try Linear(size, shape.count, random: random), ActivationLayer(.tanh)] as [any Layer]
    if shape.rank != 1 { layers.append(try Reshape(shape)) }
    return Sequential(layers, typeName: "Generator")
  }

  /// A discriminator: images [batch] + shape to a probability [batch, 1], through LeakyReLU(0.2), ending in a sigmoid.
  ///
  /// Throws when a size is below one.
  public static func discriminator(
    hidden: [Int] = [128], shape: Shape = [1, 28, 28], random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = [Flatten()]
    var size = shape.count
    for width in hidden {
      layers += [try Linear(size, width, random: random), ActivationLayer(.leakyReLU(slope: 0.2))] as [any Layer]
      size = width
    }
    layers += [try Linear(size, 1, random: random), ActivationLayer(.sigmoid)] as [any Layer]
    return Sequential(layers, typeName: "Discriminator")
  }

  /// An encoder: images [batch] + shape to the mean `mu` and `logvar` of a code, both [batch, latent].
  ///
  /// Throws when a size is below one.
  public static func encoder(
    latent: Int = 16, hidden: [Int] = [256], shape: Shape = [1, 28, 28], random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = [Flatten()]
    var size = shape.count
    for width in hidden {
      layers += [try Linear(size, width, random: random), ActivationLayer(.relu)] as [any Layer]
      size = width
    }
    let mean = try Linear(size, latent, random: random)
    let logVariance = try Linear(size, latent, random: random)
    layers.append(Heads([("mu", mean), ("logvar", logVariance)]))
    return Sequential(layers, typeName: "Encoder")
  }

  /// A decoder: codes [batch, latent] to images [batch] + shape, through ReLU, ending in `output`.
  ///
  /// Throws when a size is below one.
  public static func decoder(
    latent: Int = 16, hidden: [Int] = [256], shape: Shape = [1, 28, 28], output: ActivationLayer.Kind = .tanh,
    random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = []
    var size = latent
    for width in hidden {
      layers += [try Linear(size, width, random: random), ActivationLayer(.relu)] as [any Layer]
      size = width
    }
    layers += [try Linear(size, shape.count, random: random), ActivationLayer(output)] as [any Layer]
    if shape.rank != 1 { layers.append(try Reshape(shape)) }
    return Sequential(layers, typeName: "Decoder")
  }
}
