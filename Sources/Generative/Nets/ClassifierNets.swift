// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// Nets that tell classes apart.
public enum ClassifierNets {
  /// `Conv2d(3×3, width), relu, Pool(.maximum, kernelSize: 2), Conv2d(3×3, 2·width), relu, Pool(.maximum, kernelSize: 2), Flatten, Linear(64), relu,
  /// Linear(classes)`: the judge's net at width 16.
  ///
  /// - Parameters:
  ///   - shape: [channel, height, width] with sides of at least 4.
  ///   - classes: How many classes there are.
  ///   - width: The channels of the first convolution.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from images to logits.
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func convolutional(
    _ shape: Shape, classes: Int, width: Int = 16, random: RandomStream
  ) throws(LayerError) -> Sequential {
    let pooled = (shape[1] / 2 / 2) * (shape[2] / 2 / 2)
    return Sequential(
      try Conv2d(shape[0], width, kernelSize: 3, padding: 1, random: random), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2), try Conv2d(width, 2 * width, kernelSize: 3, padding: 1, random: random),
      ActivationLayer(.relu), try Pool(.maximum, kernelSize: 2), Flatten(),
      try Linear(2 * width * pooled, 64, random: random),
      ActivationLayer(.relu), try Linear(64, classes, random: random))
  }

  /// `Flatten, Linear(hidden), relu, …, Linear(classes)`.
  ///
  /// - Parameters:
  ///   - shape: The shape of one example.
  ///   - hidden: The widths of the hidden layers.
  ///   - classes: How many classes there are.
  ///   - random: Where the weights are drawn from.
  /// - Returns: A net from examples to logits.
  /// - Throws: `LayerError` for a size below one or beyond memory.
  public static func perceptron(
    _ shape: Shape, hidden: [Int] = [256, 128], classes: Int, random: RandomStream
  ) throws(LayerError) -> Sequential {
    var layers: [any Layer] = [Flatten()]
    var width = shape.count
    for next in hidden {
      layers.append(try Linear(width, next, random: random))
      layers.append(ActivationLayer(.relu))
      width = next
    }
    layers.append(try Linear(width, classes, random: random))
    return Sequential(layers)
  }

  /// A convolutional net for images, a perceptron for everything else.
  static func suiting(_ shape: Shape, classes: Int, width: Int, random: RandomStream) throws(LayerError) -> any Layer {
    guard shape.rank == 3, shape[1] >= 4, shape[2] >= 4 else {
      return try perceptron(shape, hidden: [64, 64], classes: classes, random: random)
    }
    return try convolutional(shape, classes: classes, width: width, random: random)
  }
}
