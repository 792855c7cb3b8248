// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A rule that changes parameters by their gradients.
///
/// Parameters that are frozen or have no gradient are left alone, as in PyTorch.
public protocol Optimizer: AnyObject {
  /// The kind of optimizer: `Adam`.
  var typeName: String { get }
  /// The parameters that it changes.
  var parameters: [Parameter] { get }
  /// The step size; may be changed between any two steps.
  var learningRate: Double { get set }
  /// How many steps were taken.
  var stepsTaken: Int { get }
  /// The settings by their names in PyTorch, in the order in which people write them; `lr` is first.
  var settings: [(name: String, value: Double)] { get }

  /// Changes one setting of `settings`.
  ///
  /// Throws when there is no such setting or the value is out of its range.
  func set(_ name: String, to value: Double) throws(LayerError)

  /// Changes each parameter once by its gradient.
  ///
  /// Throws when there is no memory for the state.
  func step() throws(TensorError)

  /// What the optimizer remembers of each parameter, under PyTorch's names.
  var state: OptimizerState { get }

  /// Where the parameters come from, for `followSources`; none when they stay the same.
  var sources: [ParameterSource] { get set }

  /// Changes other parameters from the next step on; what is remembered of those that stay is kept, new ones start
  /// without.
  func take(_ parameters: [Parameter])

  /// An optimizer of the same kind with the same settings for other parameters, that took no step yet.
  ///
  /// Throws when a setting is out of its range.
  func copy(for parameters: [Parameter]) throws(LayerError) -> any Optimizer

  /// Goes back to a remembered state.
  ///
  /// Throws when it was made by another kind of optimizer or for other parameters.
  func restore(_ state: OptimizerState) throws(LayerError)
}

extension Optimizer {
  /// Forgets the gradients of all its parameters.
  public func zeroGradients() {
    for parameter in parameters { parameter.clearGradient() }
  }
}

/// The state of an optimizer, under the names of PyTorch's `state_dict`.
public struct OptimizerState {
  /// The kind of optimizer.
  public var typeName: String
  /// How many steps were taken.
  public var stepsTaken: Int
  /// The settings: `lr`, `betas.0`, `eps`, ….
  public var settings: [(name: String, value: Double)]
  /// What is remembered of parameter `i`, as `state.i.exp_avg`.
  public var tensors: [(name: String, tensor: Tensor)]

  /// Makes a state.
  public init(
    typeName: String, stepsTaken: Int, settings: [(name: String, value: Double)],
    tensors: [(name: String, tensor: Tensor)]
  ) {
    self.typeName = typeName
    self.stepsTaken = stepsTaken
    self.settings = settings
    self.tensors = tensors
  }
}
