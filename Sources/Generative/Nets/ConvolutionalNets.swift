// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// Convolutional generators, discriminators, encoders and decoders for images whose sides are divisible by four.
///
/// Radford, Metz and Chintala 2015, arXiv:1511.06434, scaled to small images: two convolutions of 4×4, stride 2.
struct ConvolutionalNets {
  /// The shape of one image.
  let shape: Shape
  /// The channels at half size; twice as many at a quarter.
  var width = 64
  /// Where weights are drawn from.
  let random: RandomStream

  /// Throws unless the shape is that of an image with sides divisible by four.
  init(shape: Shape, width: Int = 64, random: RandomStream) throws(LayerError) {
    guard shape.rank == 3, shape[1] >= 4, shape[2] >= 4, shape[1] % 4 == 0, shape[2] % 4 == 0 else {
      let needs = "images whose sides are divisible by 4"
      throw LayerError(.setting(name: "shape", value: "\(shape)", needs: needs), of: "convolutional net")
    }
    self.shape = shape
    self.width = width
    self.random = random
  }

  private var quarter: Shape { [2 * width, shape[1] / 4, shape[2] / 4] }

  /// From [batch, size] to images: `Linear, Reshape, norm, relu, ConvTranspose2d, norm, relu, ConvTranspose2d, output`.
  func growing(from size: Int, normalized: Bool, output: ActivationLayer.Kind?) throws(LayerError) -> [any Layer] {
    var layers: [any Layer] = [try Linear(size, quarter.count, random: random), try Reshape(quarter)]
    if normalized { layers.append(try BatchNorm(2 * width)) }
    layers.append(ActivationLayer(.relu))
    layers.append(
      try ConvTranspose2d(2 * width, width, kernelSize: 4, stride: 2, padding: 1, random: random))
    if normalized { layers.append(try BatchNorm(width)) }
    layers.append(ActivationLayer(.relu))
    layers.append(
      try ConvTranspose2d(width, shape[0], kernelSize: 4, stride: 2, padding: 1, random: random))
    if let output { layers.append(ActivationLayer(output)) }
    return layers
  }

  /// From images with `channels` channels to [batch, features]: `Conv2d, leaky, Conv2d, norm, leaky, Flatten`.
  func shrinking(
    channels: Int, activation: ActivationLayer.Kind, normalized: Bool, spectral: Bool = false
  ) throws(LayerError) -> [any Layer] {
    let first = try Conv2d(channels, width, kernelSize: 4, stride: 2, padding: 1, random: random)
    let second = try Conv2d(width, 2 * width, kernelSize: 4, stride: 2, padding: 1, random: random)
    var layers: [any Layer] = [
      try bounded(first, spectral), ActivationLayer(activation), try bounded(second, spectral),
    ]
    if normalized, !spectral { layers.append(try BatchNorm(2 * width)) }
    return layers + [ActivationLayer(activation), Flatten()]
  }

  /// The length of what `shrinking` gives.
  var featureCount: Int { quarter.count }

  private func bounded(_ layer: any Layer, _ isBounded: Bool) throws(LayerError) -> any Layer {
    isBounded ? try SpectralNorm(layer, random: random) : layer
  }
}
