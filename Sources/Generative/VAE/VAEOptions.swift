// SPDX-License-Identifier: Apache-2.0
public import Layers

/// How a variational autoencoder is set up; the article's values unless said otherwise.
public struct VAEOptions {
  /// The length of the code z.
  public var latent = 16
  /// The width of the hidden layers of nets that are made.
  public var hidden = 256
  /// How many images a step sees.
  public var batch = 64
  /// The step size of the one optimizer over both nets.
  public var rate = 1e-3
  /// Adam's betas.
  public var betas = (0.9, 0.999)
  /// How reconstructions are compared with originals.
  public var reconstruction = Reconstruction.squaredError
  /// σ of the Gaussian reconstruction; the batch's best if nil.
  public var deviation: Double?
  /// The weight of the divergence.
  public var beta = 1.0
  /// Over how many steps the weight of the divergence rises from 0 to `beta`; 0 for none.
  public var warmup = 0
  /// Nats that each code unit may carry before the divergence counts; 0 for none.
  public var freeBits = 0.0
  /// The deviation of noise on the encoder's input, for a denoising autoencoder; 0 for none.
  public var inputNoise = 0.0
  /// How many codes are drawn for each image; above 1 the importance-weighted bound is trained.
  public var codes = 1
  /// Whether encoder and decoder are given the label.
  public var isConditional = false
  /// The kind of nets that are made when none are given.
  public var architecture = VAEArchitecture.mlp
  /// What decides all random choices.
  public var seed: UInt64 = 0
  /// The encoder; made if nil.
  public var encoder: (any Layer)?
  /// The decoder; made if nil.
  public var decoder: (any Layer)?

  /// The article's values.
  public init() {}
}

/// The nets of a variational autoencoder.
public enum VAEArchitecture: String, Sendable, CaseIterable {
  /// One hidden layer each way.
  case mlp
  /// Convolutions, for images whose sides are divisible by four.
  case convolutional = "conv"
}
