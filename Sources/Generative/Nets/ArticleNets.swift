// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// The article's four nets, whose bodies it leaves empty, and their like.
public enum ArticleNets {
  /// `Linear(z → h), LeakyReLU(0.2), …, Linear(h → pixels), tanh, Reshape(shape)`.
  ///
  /// - Parameters:
  ///   - latent: The length of the noise z.
  ///   - hidden: The widths of the hidden layers.
  ///   - shape: The shape of one example, [channel, height, width].
  ///   - output: The last activation: tanh for values −1 … 1, sigmoid for 0 … 1, nil for any.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from [batch, latent] to [batch] followed by `shape`.
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func generator(
    latent: Int = 100, hidden: [Int] = [256, 512], shape: Shape = [1, 28, 28], output: ActivationLayer.Kind? = .tanh,
    random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = []
    var width = latent
    for next in hidden {
      layers.append(try Linear(width, next, random: random))
      layers.append(ActivationLayer(.leakyReLU(slope: 0.2)))
      width = next
    }
    layers.append(try Linear(width, shape.count, random: random))
    if let output { layers.append(ActivationLayer(output)) }
    if shape.rank > 1 { layers.append(try Reshape(shape)) }
    return Sequential(layers)
  }

  /// `Flatten, Linear(pixels → h), LeakyReLU(0.2), …, Linear(h → 1), sigmoid`.
  ///
  /// - Parameters:
  ///   - hidden: The widths of the hidden layers.
  ///   - shape: The shape of one example.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from [batch] followed by `shape` to [batch, 1], probabilities of being real.
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func discriminator(
    hidden: [Int] = [512, 256], shape: Shape = [1, 28, 28], random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = [Flatten()]
    var width = shape.count
    for next in hidden {
      layers.append(try Linear(width, next, random: random))
      layers.append(ActivationLayer(.leakyReLU(slope: 0.2)))
      width = next
    }
    layers.append(try Linear(width, 1, random: random))
    layers.append(ActivationLayer(.sigmoid))
    return Sequential(layers)
  }

  /// `Flatten, Linear(pixels → hidden), relu, Heads(mu, logvar)`.
  ///
  /// - Parameters:
  ///   - latent: The length of the code z.
  ///   - hidden: The width of the hidden layer.
  ///   - shape: The shape of one example.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from [batch] followed by `shape` to `mu` and `logvar`, each [batch, latent].
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func encoder(
    latent: Int = 16, hidden: Int = 256, shape: Shape = [1, 28, 28], random: RandomStream
  ) throws(LayerError) -> Sequential {
    let trunk = try Linear(shape.count, hidden, random: random)
    let heads = Heads([
      ("mu", try Linear(hidden, latent, random: random)), ("logvar", try Linear(hidden, latent, random: random)),
    ])
    return Sequential(Flatten(), trunk, ActivationLayer(.relu), heads)
  }

  /// `Linear(z → hidden), relu, Linear(hidden → pixels), tanh, Reshape(shape)`.
  ///
  /// - Parameters:
  ///   - latent: The length of the code z.
  ///   - hidden: The width of the hidden layer.
  ///   - shape: The shape of one example.
  ///   - output: The last activation: tanh for values −1 … 1, sigmoid for 0 … 1, nil for any.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from [batch, latent] to [batch] followed by `shape`.
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func decoder(
    latent: Int = 16, hidden: Int = 256, shape: Shape = [1, 28, 28], output: ActivationLayer.Kind? = .tanh,
    random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = [
      try Linear(latent, hidden, random: random), ActivationLayer(.relu),
      try Linear(hidden, shape.count, random: random),
    ]
    if let output { layers.append(ActivationLayer(output)) }
    if shape.rank > 1 { layers.append(try Reshape(shape)) }
    return Sequential(layers)
  }
}
