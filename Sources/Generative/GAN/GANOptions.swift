// SPDX-License-Identifier: Apache-2.0
public import Layers

/// How a generative adversarial training is set up; the article's values unless said otherwise.
public struct GANOptions {
  /// The length of the noise z.
  public var latent = 100
  /// How many real examples a discriminator update sees.
  public var batch = 64
  /// The game.
  public var loss = AdversarialLoss.nonsaturating
  /// Discriminator updates a step.
  public var discriminatorSteps = 1
  /// The generator's step size.
  public var generatorRate = 2e-4
  /// The discriminator's step size.
  public var discriminatorRate = 2e-4
  /// Adam's betas for both.
  public var betas = (0.5, 0.999)
  /// How much less than 1 real examples should score.
  public var labelSmoothing = 0.0
  /// The bound that the discriminator's weights are cut to after each update, or nil.
  public var weightClip: Double?
  /// The weight of the gradient penalty, or nil.
  public var gradientPenalty: Double?
  /// The decay of the moving average of the generator's weights, or nil.
  public var averageDecay: Double?
  /// How labels enter, or nil when they do not.
  public var conditioning: Conditioning?
  /// What is done to everything the discriminator sees.
  public var augmentation: [DifferentiableAugmentation] = []
  /// Whether the discriminator's weights are divided by their largest singular value.
  public var usesSpectralNorm = false
  /// Whether the discriminator is told how much the examples of a batch differ.
  public var usesMinibatchDeviation = false
  /// The kind of nets that are made when none are given.
  public var architecture = GANArchitecture.mlp
  /// What decides all random choices.
  public var seed: UInt64 = 0
  /// The generator; made if nil.
  public var generator: (any Layer)?
  /// The discriminator; made if nil.
  public var discriminator: (any Layer)?

  /// The article's values.
  public init() {}
}

/// How labels enter a generative adversarial network.
public enum Conditioning: String, Sendable, CaseIterable {
  /// As a one-hot vector beside the noise and beside the pixels. Mirza and Osindero 2014, arXiv:1411.1784.
  case concatenation
  /// As a learned vector beside the noise, and as an inner product with the discriminator's features.
  /// Miyato and Koyama 2018, arXiv:1802.05637.
  case projection
  /// Beside the noise; the discriminator has a second head that names the class. Odena et al. 2016, arXiv:1610.09585.
  case auxiliary
}

/// The nets of a generative adversarial network.
public enum GANArchitecture: String, Sendable, CaseIterable {
  /// Perceptrons z-256-512-784 and 784-512-256-1: large enough to show digits after an epoch of MNIST.
  case mlp
  /// Perceptrons z-128-256-784 and 784-128-1, three times as fast.
  case small
  /// Convolutions, for images whose sides are divisible by four. Radford et al. 2015, arXiv:1511.06434.
  case dcgan
}
