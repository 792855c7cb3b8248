// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Steps scaled by running means of the gradient and of its square.
///
///     m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  p ← p − lr · m̂ / (√v̂ + ε)
///
/// with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ). Kingma and Ba 2014, arXiv:1412.6980. With decoupled weight decay it
/// is AdamW: p ← p·(1 − lr·decay) first. Loshchilov and Hutter 2017, arXiv:1711.05101.
public final class Adam: Optimizer {
  /// The parameters that it changes.
  public private(set) var parameters: [Parameter]
  /// Where they come from; none when they stay the same.
  public var sources: [ParameterSource] = []
  /// The step size.
  public var learningRate: Double
  /// How much of each running mean is kept in a step, β₁ and β₂.
  public private(set) var betas: (Double, Double)
  /// What is added to the root of the mean square.
  public private(set) var epsilon: Double
  /// How strongly weights are pulled to zero.
  public private(set) var weightDecay: Double
  /// Whether the pull acts on the weights (AdamW) instead of on the gradient (Adam).
  public let isDecoupled: Bool
  /// How many steps were taken.
  public private(set) var stepsTaken = 0
  private var slots: OptimizerSlots

  /// Makes the optimizer; `decoupled` makes it AdamW.
  ///
  /// Throws when a setting is out of its range.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0, decoupled: Bool = false
  ) throws(LayerError) {
    self.parameters = unique(parameters)
    self.learningRate = 0
    self.betas = (0, 0)
    self.epsilon = 0
    self.weightDecay = 0
    isDecoupled = decoupled
    slots = OptimizerSlots(["exp_avg", "exp_avg_sq"], count: self.parameters.count)
    let given = [
      ("lr", learningRate), ("betas.0", betas.0), ("betas.1", betas.1), ("eps", epsilon),
      ("weight_decay", weightDecay),
    ]
    for (name, value) in given { try set(name, to: value) }
  }

  /// `Adam` or `AdamW`.
  public var typeName: String { isDecoupled ? "AdamW" : "Adam" }

  /// `lr`, `betas.0`, `betas.1`, `eps`, `weight_decay`.
  public var settings: [(name: String, value: Double)] {
    [
      ("lr", learningRate), ("betas.0", betas.0), ("betas.1", betas.1), ("eps", epsilon),
      ("weight_decay", weightDecay),
    ]
  }

  /// Changes one of the settings.
  public func set(_ name: String, to value: Double) throws(LayerError) {
    switch name {
    case "lr": learningRate = try Setting.learningRate(value, of: typeName)
    case "betas.0": betas.0 = try Setting.fraction(name, value, of: typeName)
    case "betas.1": betas.1 = try Setting.fraction(name, value, of: typeName)
    case "eps": epsilon = try Setting.notNegative(name, value, of: typeName)
    case "weight_decay": weightDecay = try Setting.notNegative(name, value, of: typeName)
    default: throw Setting.unknown(name, value, of: self)
    }
  }

  /// Changes each parameter once by its gradient.
  public func step() throws(TensorError) {
    for (index, parameter) in parameters.enumerated() where !parameter.isFrozen {
      guard let gradient = parameter.gradient else { continue }
      try slots.prepare(index, like: parameter)
      slots.steps[index] += 1
      try update(parameter, gradient, index)
    }
    stepsTaken += 1
  }

  private func update(_ parameter: Parameter, _ gradient: Tensor, _ index: Int) throws(TensorError) {
    let settings = AdamSettings(
      learningRate: learningRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      isDecoupled: isDecoupled)
    // Taken out while they change, so that nobody shares them and they change in place.
    var moments = slots.take(index)
    defer { slots.tensors[index] = moments }
    var first = moments[0]
    var second = moments[1]
    moments = []
    defer { moments = [first, second] }
    try adamUpdate(
      &parameter.value, gradient: gradient, firstMoment: &first, secondMoment: &second, step: slots.steps[index],
      settings)
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
    try Adam(
      parameters, learningRate: learningRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      decoupled: isDecoupled)
  }

  /// Goes back to a remembered state.
  public func restore(_ state: OptimizerState) throws(LayerError) {
    let restored = try slots.filled(from: state, for: parameters, of: typeName)
    for (name, value) in state.settings { try set(name, to: value) }
    slots = restored
    stepsTaken = state.stepsTaken
  }
}
