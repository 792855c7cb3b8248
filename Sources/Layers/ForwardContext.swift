// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What a forward pass depends on beside its input.
///
/// Nothing of this is ambient: two nets can train while a third is looked at, and each draws from its own stream.
public struct ForwardContext {
  /// Whether layers behave as in training: batch statistics, dropout.
  public var isTraining: Bool
  /// Where random layers draw from.
  public var random: RandomStream
  /// Whether the parameters take part in the graph; without it a pass is cheaper and has no gradient to them.
  public var recordsGradients: Bool
  /// Whether running statistics may change; off when a net in training is only looked at.
  public var updatesStatistics: Bool
  /// Whether hooks hear of the pass; off when only shapes are asked for.
  public var callsHooks = true

  /// Makes a context for training or for inference.
  public init(
    isTraining: Bool, random: RandomStream, recordsGradients: Bool = true, updatesStatistics: Bool = true
  ) {
    self.isTraining = isTraining
    self.random = random
    self.recordsGradients = recordsGradients
    self.updatesStatistics = updatesStatistics
  }

  /// A pass that nobody sees and that changes nothing: for finding out whether nets fit.
  public static var checking: ForwardContext {
    var context = ForwardContext(
      isTraining: false, random: RandomStream(seed: 0, stream: 0), recordsGradients: false, updatesStatistics: false)
    context.callsHooks = false
    return context
  }

  /// The value of a parameter, as part of the graph or apart from it.
  public func value(of parameter: Parameter) -> Tensor {
    recordsGradients ? parameter.value : parameter.value.detached()
  }
}
