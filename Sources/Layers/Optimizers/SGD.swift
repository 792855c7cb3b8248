// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Gradient descent, with momentum if asked for.
///
///     b ← momentum·b + g;  p ← p − lr·b            (the first b is g; Nesterov: p ← p − lr·(g + momentum·b))
public final class SGD: Optimizer {
  /// The parameters that it changes.
  public private(set) var parameters: [Parameter]
  /// Where they come from; none when they stay the same.
  public var sources: [ParameterSource] = []
  /// The step size.
  public var learningRate: Double
  /// How much of the last step is taken again, 0 ≤ momentum < 1.
  public private(set) var momentum: Double
  /// How strongly weights are pulled to zero.
  public private(set) var weightDecay: Double
  /// Whether the gradient is taken where momentum leads.
  public let isNesterov: Bool
  /// How many steps were taken.
  public private(set) var stepsTaken = 0
  private var slots: OptimizerSlots

  /// Makes the optimizer.
  ///
  /// Throws when a setting is out of its range.
  public init(
    _ parameters: [Parameter], learningRate: Double, momentum: Double = 0, weightDecay: Double = 0,
    nesterov: Bool = false
  ) throws(LayerError) {
    self.parameters = unique(parameters)
    self.learningRate = 0
    self.momentum = 0
    self.weightDecay = 0
    isNesterov = nesterov
    slots = OptimizerSlots(["momentum_buffer"], count: self.parameters.count)
    try set("lr", to: learningRate)
    try set("momentum", to: momentum)
    try set("weight_decay", to: weightDecay)
  }

  /// The kind of optimizer.
  public var typeName: String { "SGD" }

  /// `lr`, `momentum`, `weight_decay`.
  public var settings: [(name: String, value: Double)] {
    [("lr", learningRate), ("momentum", momentum), ("weight_decay", weightDecay)]
  }

  /// Changes `lr`, `momentum` or `weight_decay`.
  public func set(_ name: String, to value: Double) throws(LayerError) {
    switch name {
    case "lr": learningRate = try Setting.learningRate(value, of: typeName)
    case "momentum": momentum = try Setting.fraction(name, value, of: typeName)
    case "weight_decay": weightDecay = try Setting.notNegative(name, value, of: typeName)
    default: throw Setting.unknown(name, value, of: self)
    }
  }

  /// Changes each parameter once by its gradient.
  public func step() throws(TensorError) {
    for (index, parameter) in parameters.enumerated() where !parameter.isFrozen {
      guard var gradient = parameter.gradient else { continue }
      if weightDecay != 0 { gradient = try gradient + parameter.value.detached() * weightDecay }
      if momentum != 0 {
        let isFirst = slots.tensors[index].isEmpty
        let buffer = isFirst ? gradient : try slots.tensors[index][0] * momentum + gradient
        slots.tensors[index] = [buffer]
        gradient = isNesterov ? try gradient + buffer * momentum : buffer
      }
      slots.steps[index] += 1
      try parameter.subtract(gradient * learningRate)
    }
    stepsTaken += 1
  }

  /// Momentum buffers under PyTorch's names.
  public var state: OptimizerState {
    OptimizerState(typeName: typeName, stepsTaken: stepsTaken, settings: settings, tensors: slots.named)
  }

  /// Changes other parameters from the next step on; what is remembered of those that stay is kept.
  public func take(_ parameters: [Parameter]) {
    let taken = unique(parameters)
    slots = slots.moved(from: self.parameters, to: taken)
    self.parameters = taken
  }

  /// An optimizer of the same kind with the same settings for other parameters, that took no step yet.
  public func copy(for parameters: [Parameter]) throws(LayerError) -> any Optimizer {
    try SGD(
      parameters, learningRate: learningRate, momentum: momentum, weightDecay: weightDecay, nesterov: isNesterov)
  }

  /// Goes back to a remembered state.
  public func restore(_ state: OptimizerState) throws(LayerError) {
    let restored = try slots.filled(from: state, for: parameters, of: typeName)
    for (name, value) in state.settings { try set(name, to: value) }
    slots = restored
    stepsTaken = state.stepsTaken
  }
}
