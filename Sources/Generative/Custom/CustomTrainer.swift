// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
import Tensors

/// A training loop's body given from above, with everything a trainer has: history, snapshots, undo, guards.
///
/// The step function does its own forward passes, `backward` and optimizer steps, and returns what it measured. It is
/// given the next batch of the data, if there are any. Parts are listed so that they can be looked at and taken back.
public final class CustomTrainer: Trainer {
  /// One step: what it measured, by name.
  public typealias StepFunction = (_ batch: Batch?) throws -> [NamedValue]

  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// The nets by name.
  public let nets: [(name: String, net: any Layer)]
  /// The optimizers by name.
  public let optimizers: [(name: String, optimizer: any Optimizer)]
  /// One step.
  public let stepFunction: StepFunction

  /// A trainer around a step function.
  ///
  /// - Parameters:
  ///   - nets: The nets that the function trains, by name.
  ///   - optimizers: The optimizers that it uses, by name.
  ///   - loader: Deals a batch for each step, or nil.
  ///   - seed: What random choices of the trainer's own streams follow from.
  ///   - step: One step.
  public init(
    nets: [(name: String, net: any Layer)], optimizers: [(name: String, optimizer: any Optimizer)],
    loader: Loader? = nil, seed: UInt64 = 0, step: @escaping StepFunction
  ) {
    state = TrainingState(loader: loader, seed: seed)
    self.nets = nets
    self.optimizers = optimizers
    stepFunction = step
    for (name, net) in nets where net.notes.label == nil { net.notes.label = name }
    keepMadeWeights()
  }

  /// `Trainer`.
  public var typeName: String { "Trainer" }

  /// None: the function decides what it updates.
  public var separateParts: [String] { [] }

  /// None.
  public var ownSettings: [NamedSetting] { [] }

  /// Gradients may be gathered over several steps.
  public var keepsGradients: Bool { true }

  /// There is nothing to set.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    throw .unknownSetting(name: name, known: [])
  }

  /// Deals a batch and calls the function; what it returns must be finite, and so must the weights that it leaves.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    let batch = try raising { try state.loader?.next() }
    let parameters = nets.flatMap { $0.net.allParameters }
    for parameter in parameters { parameter.watchUse(true) }
    defer { for parameter in parameters { parameter.watchUse(false) } }
    let values = try raising { try stepFunction(batch) }
    for value in values where !value.value.isFinite {
      let passes = batch.map { batch in
        nets.filter { (try? $0.net.outputShape(for: batch.x.shape)) != nil }
          .map { ForwardPass(name: $0.name, net: $0.net, inputs: [batch.x]) }
      }
      throw .notFinite(
        NonFiniteFinding(
          kind: value.value.isNaN ? "NaN" : "infinite", tensor: value.name,
          origin: origin(after: passes ?? [], loss: value.name), step: state.step + 1, loss: value.name))
    }
    for (name, net) in nets { try guardWeights(of: net, named: name) }
    return StepOutcome(examples: batch?.count ?? 0, values: values)
  }

  /// Unknown: the function decides what it updates.
  public func netsTrained(by optimizer: String) -> [String]? { nil }

  /// Nothing: the function holds on to its own nets and optimizers.
  public func install(_ nets: [any Layer], _ optimizers: [any Optimizer]) {}

  /// Nothing: what the function gives to the nets shows when it runs.
  public func checkParts() throws(TrainerError) {}

  /// A function given from above cannot be copied: it holds on to its own nets.
  ///
  /// - Throws: `TrainerError.unsupported`.
  public func duplicate() throws(TrainerError) -> any Trainer {
    throw .unsupported(
      what: "fork", reason: "a step function holds on to its own nets; make a second trainer from a second set of parts"
    )
  }
}
