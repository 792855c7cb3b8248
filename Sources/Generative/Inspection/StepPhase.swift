// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

/// One phase of a step in slow motion, in figures; captions are made of them where the language is known.
public struct StepPhase {
  /// What a phase does.
  public enum Kind: String, Sendable, CaseIterable {
    /// Real examples are dealt, noise is drawn, the generator runs.
    case sample
    /// The encoder runs.
    case encode
    /// The decoder runs.
    case decode
    /// The net under training scores what it was given.
    case classify
    /// The loss and its terms.
    case loss
    /// The loss is carried back to the weights.
    case gradients
    /// The optimizer moves the weights.
    case update
  }

  /// A tensor of the phase: its name and shape.
  public struct Value: Sendable, Hashable {
    /// The name, as `real` or `fake = G(z)`.
    public let name: String
    /// The shape.
    public let shape: Shape
  }

  /// The part under training: `D`, `G`, `E` or `net`.
  public let part: String
  /// What the phase does.
  public let kind: Kind
  /// The tensors it made.
  public let values: [Value]
  /// Its figures in the order in which people read them: `D(x)`, `± D(x)`, `errD`, `‖g‖ D.1.weight`, `‖Δw‖`, `errD after`.
  public let figures: [NamedValue]
  /// Up to eight examples to be shown, or nil.
  public let examples: Tensor?

  /// The figure of a name, or nil.
  public subscript(_ name: String) -> Double? { figures.first { $0.name == name }?.value }

  init(
    _ part: String, _ kind: Kind, values: [(name: String, tensor: Tensor)] = [], figures: [NamedValue] = [],
    examples: Tensor? = nil
  ) {
    self.part = part
    self.kind = kind
    self.values = values.map { Value(name: $0.name, shape: $0.tensor.shape) }
    self.figures = figures
    self.examples = examples.flatMap { all in
      try? all.detached().sliced([.range(from: 0, to: 8, step: 1)])
    }
  }
}

extension Trainer {
  /// Takes one step and tells of each phase as it happens; the step itself is the same to the bit.
  ///
  /// - Parameters:
  ///   - only: The part to update, one of `separateParts`, or nil for all.
  ///   - tell: Called after each phase.
  /// - Returns: What was measured.
  /// - Throws: As `takeStep(only:)`.
  @discardableResult
  public func takeSlowStep(
    only: String? = nil, _ tell: @escaping (StepPhase) -> Void
  ) throws(TrainerError) -> StepReport {
    state.phaseObserver = tell
    defer { state.phaseObserver = nil }
    return try takeStep(only: only)
  }

  /// Tells of a phase if anybody listens; what is told is only worked out then.
  func tell(_ phase: () throws -> StepPhase) throws(TrainerError) {
    guard let observer = state.phaseObserver else { return }
    observer(try raising { try withoutRecording(phase) })
  }
}

extension Trainer {
  /// Lets an optimizer move nets once; tells of the gradients before and of how far the weights went.
  func move(
    _ nets: [(name: String, net: any Layer)], by optimizer: any Optimizer, part: String
  ) throws(TrainerError) {
    try boundGradients(of: optimizer)
    try tell { StepPhase(part, .gradients, figures: try gradientNorms(of: nets)) }
    let parameters = nets.flatMap { $0.net.allParameters }
    let before = state.phaseObserver == nil ? [] : parameters.map { $0.value.detached() }
    try raising { try optimizer.step() }
    try tell {
      let moved = try distance(parameters, from: before)
      return StepPhase(
        part, .update, figures: [NamedValue("lr", optimizer.learningRate), NamedValue("‖Δw‖", moved)])
    }
  }
}

/// Mean and deviation of some numbers under a name: `D(x)` and `± D(x)`.
func spreadFigures(_ name: String, _ tensor: Tensor) -> [NamedValue] {
  let numbers = tensor.scalars().map(Double.init)
  let count = Double(max(numbers.count, 1))
  let mean = numbers.reduce(0, +) / count
  let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  return [NamedValue(name, mean), NamedValue("± \(name)", variance.squareRoot())]
}

/// The length of each weight's gradient, by its path: `‖g‖ D.1.weight`.
func gradientNorms(of nets: [(name: String, net: any Layer)]) throws(TensorError) -> [NamedValue] {
  var figures: [NamedValue] = []
  for (net, layer) in nets {
    for (name, parameter) in layer.namedParameters where parameter.value.rank >= 2 {
      guard let gradient = parameter.gradient else { continue }
      figures.append(NamedValue("‖g‖ \(net).\(name)", try VectorFigures(gradient).norm))
    }
  }
  return figures
}

/// How far parameters have moved from where they were, as one vector.
func distance(_ parameters: [Parameter], from before: [Tensor]) throws(TensorError) -> Double {
  var squares = 0.0
  for (parameter, old) in zip(parameters, before) {
    let norm = try VectorFigures(parameter.value.detached() - old).norm
    squares += norm * norm
  }
  return squares.squareRoot()
}
