// SPDX-License-Identifier: Apache-2.0
public import Layers

/// How a classifier with a variational information bottleneck is set up; the paper's values unless said otherwise.
///
/// Alemi, Fischer, Dillon and Murphy 2016, arXiv:1612.00410, section 4.2.
public struct BottleneckOptions {
  /// The length of the code z.
  public var latent = 256
  /// The width of both hidden layers of an encoder that is made.
  public var hidden = 1024
  /// How many examples a step sees.
  public var batch = 100
  /// The step size of the one optimizer over both nets.
  public var rate = 1e-4
  /// Adam's betas.
  public var betas = (0.5, 0.999)
  /// What a nat of information on the input costs.
  public var beta = 1e-3
  /// What decides all random choices.
  public var seed: UInt64 = 0
  /// The encoder; made if nil.
  public var encoder: (any Layer)?
  /// The decoder; made if nil.
  public var decoder: (any Layer)?

  /// The paper's values.
  public init() {}
}
