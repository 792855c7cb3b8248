// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// An exponential moving average of weights: `average = decay·average + (1 − decay)·weight` after each step.
///
/// Samples from a generator's averaged weights are steadier than from its latest ones.
/// Yazıcı and others 2019, arXiv:1806.04498.
public final class AverageOfWeights {
  /// The parameters that are averaged.
  public private(set) var parameters: [Parameter]
  /// How much of the average is kept in a step, 0 ≤ decay < 1.
  public private(set) var decay: Double
  /// The averages, in the order of the parameters.
  public private(set) var averages: [Tensor]

  /// Starts the averages at the present values.
  ///
  /// Throws when the decay is not in 0 ≤ decay < 1.
  public init(of parameters: [Parameter], decay: Double = 0.999) throws(LayerError) {
    self.parameters = parameters
    self.decay = 0
    averages = parameters.map { $0.value.detached() }
    try setDecay(decay)
  }

  /// Changes how much of the average is kept from now on.
  ///
  /// Throws when the decay is not in 0 ≤ decay < 1.
  public func setDecay(_ decay: Double) throws(LayerError) {
    try require((0..<1).contains(decay), "decay", decay, needs: "0 ≤ decay < 1", for: "EMA")
    self.decay = decay
  }

  /// Moves the averages towards the present values.
  ///
  /// - Parameter steps: How many steps the weights have taken, if the average shall not look back over more of them
  ///   than there are: the decay is then at most (1 + steps) / (10 + steps), as TensorFlow's `num_updates` does it.
  ///   Without it the weights drawn at the start stay in the average for long.
  /// - Throws: `TensorError` if memory is short.
  public func update(afterSteps steps: Int? = nil) throws(TensorError) {
    let decay = min(self.decay, steps.map { Double(1 + $0) / Double(10 + $0) } ?? 1)
    for (index, parameter) in parameters.enumerated() {
      averages[index] = try averages[index] * decay + parameter.value.detached() * (1 - decay)
    }
  }

  /// Averages other parameters from now on: the averages of those that stay are kept, new ones start at their values.
  public func follow(_ parameters: [Parameter]) {
    var known: [ObjectIdentifier: Tensor] = [:]
    for (parameter, average) in zip(self.parameters, averages) { known[ObjectIdentifier(parameter)] = average }
    averages = parameters.map { known[ObjectIdentifier($0)] ?? $0.value.detached() }
    self.parameters = parameters
  }

  /// Replaces the averages, as when a snapshot is restored.
  ///
  /// Throws when number or shapes differ.
  public func restore(_ averages: [Tensor]) throws(LayerError) {
    guard averages.count == parameters.count else {
      throw LayerError(.state(.count(expected: parameters.count, found: averages.count)), of: "EMA")
    }
    for (average, parameter) in zip(averages, parameters) where average.shape != parameter.value.shape {
      throw LayerError(
        .state(.shape(name: parameter.name, expected: parameter.value.shape, found: average.shape)), of: "EMA")
    }
    self.averages = averages
  }

  /// Runs `body` with the averages in place of the weights, then puts the weights back.
  public func withAverages<Result>(_ body: () throws -> Result) throws -> Result {
    let weights = parameters.map { $0.value }
    for (parameter, average) in zip(parameters, averages) { parameter.value = average }
    defer { for (parameter, weight) in zip(parameters, weights) { parameter.value = weight } }
    return try body()
  }
}
