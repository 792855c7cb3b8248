// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Steps scaled by a running mean of the gradient's square.
///
///     v ← αv + (1 − α)g²;  p ← p − lr · g / (√v + ε)
///
/// Hinton 2012, lecture 6e of "Neural Networks for Machine Learning"; the optimizer of Wasserstein GANs.
public final class RMSprop: Optimizer {
  /// The parameters that it changes.
  public private(set) var parameters: [Parameter]
  /// Where they come from; none when they stay the same.
  public var sources: [ParameterSource] = []
  /// The step size.
  public var learningRate: Double
  /// How much of the running mean is kept in a step.
  public private(set) var alpha: Double
  /// What is added to the root of the mean square.
  public private(set) var epsilon: Double
  /// How many steps were taken.
  public private(set) var stepsTaken = 0
  private var slots: OptimizerSlots

  /// Makes the optimizer.
  ///
  /// Throws when a setting is out of its range.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-2, alpha: Double = 0.99, epsilon: Double = 1e-8
  ) throws(LayerError) {
    self.parameters = unique(parameters)
    self.learningRate = 0
    self.alpha = 0
    self.epsilon = 0
    slots = OptimizerSlots(["square_avg"], count: self.parameters.count)
    for (name, value) in [("lr", learningRate), ("alpha", alpha), ("eps", epsilon)] { try set(name, to: value) }
  }

  /// The kind of optimizer.
  public var typeName: String { "RMSprop" }

  /// `lr`, `alpha`, `eps`.
  public var settings: [(name: String, value: Double)] {
    [("lr", learningRate), ("alpha", alpha), ("eps", epsilon)]
  }

  /// Changes one of the settings.
  public func set(_ name: String, to value: Double) throws(LayerError) {
    switch name {
    case "lr": learningRate = try Setting.learningRate(value, of: typeName)
    case "alpha": alpha = try Setting.fraction(name, value, of: typeName)
    case "eps": epsilon = try Setting.notNegative(name, value, of: typeName)
    default: throw Setting.unknown(name, value, of: self)
    }
  }

  /// Changes each parameter once by its gradient.
  public func step() throws(TensorError) {
    for (index, parameter) in parameters.enumerated() where !parameter.isFrozen {
      guard let gradient = parameter.gradient else { continue }
      try slots.prepare(index, like: parameter)
      slots.steps[index] += 1
      let square = try slots.tensors[index][0] * alpha + gradient * gradient * (1 - alpha)
      slots.tensors[index][0] = square
      try parameter.subtract(gradient / (sqrt(square) + epsilon) * learningRate)
    }
    stepsTaken += 1
  }

  /// Running means under PyTorch's names.
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
    try RMSprop(parameters, learningRate: learningRate, alpha: alpha, epsilon: epsilon)
  }

  /// Goes back to a remembered state.
  public func restore(_ state: OptimizerState) throws(LayerError) {
    let restored = try slots.filled(from: state, for: parameters, of: typeName)
    for (name, value) in state.settings { try set(name, to: value) }
    slots = restored
    stepsTaken = state.stepsTaken
  }
}
