// SPDX-License-Identifier: Apache-2.0
public import Layers

/// How an adversarial training of a net that doubles the sides of images is set up.
public struct SuperResolutionOptions {
  /// How many images a step sees.
  public var batch = 32
  /// The game.
  public var loss = AdversarialLoss.nonsaturating
  /// The weight of the game beside the squared error of the pixels.
  public var adversarialWeight = 1e-3
  /// The generator's step size.
  public var generatorRate = 1e-3
  /// The discriminator's step size.
  public var discriminatorRate = 2e-4
  /// Adam's betas for both.
  public var betas = (0.9, 0.999)
  /// The channels of the convolutions of nets that are made.
  public var width = 32
  /// What decides all random choices.
  public var seed: UInt64 = 0
  /// The generator; made if nil.
  public var generator: (any Layer)?
  /// The discriminator; made if nil.
  public var discriminator: (any Layer)?

  /// Small nets, Adam.
  public init() {}
}
