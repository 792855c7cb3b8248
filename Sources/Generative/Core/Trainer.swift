// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers

/// Training as a live object: stepped by its caller, looked at and changed between any two steps.
///
/// A kind of trainer says what its parts and settings are and does the work of one step; counting, recording, guarding
/// and time travel are the same for all and stand in extensions.
public protocol Trainer: AnyObject {
  /// The kind, as people write it: `GAN`.
  var typeName: String { get }
  /// Streams, loader, history, snapshots.
  var state: TrainingState { get }
  /// The nets by name: `G`, `D`.
  var nets: [(name: String, net: any Layer)] { get }
  /// The optimizers by name: `opt_G`, `opt_D`.
  var optimizers: [(name: String, optimizer: any Optimizer)] { get }
  /// Moving averages of weights, if any, by the name of their net.
  var averages: [(name: String, average: AverageOfWeights)] { get }
  /// What `takeStep(only:)` may be asked to update by itself.
  var separateParts: [String] { get }
  /// The trainer's own settings, without those of its optimizers.
  var ownSettings: [NamedSetting] { get }

  /// Changes one of `ownSettings`.
  func setOwn(_ name: String, to value: SettingValue) throws(TrainerError)

  /// Does the work of one step: draws, computes, updates. Called by `takeStep`.
  ///
  /// Every loss and gradient goes through `guardFinite` before an optimizer uses it.
  func performStep(only: String?) throws(TrainerError) -> StepOutcome

  /// The nets that an optimizer trains, all of each; nil where a step function from above decides what it updates.
  func netsTrained(by optimizer: String) -> [String]?

  /// Puts other nets and optimizers in place of its own, in the order of `nets` and `optimizers`.
  ///
  /// Nothing is checked or noted; see `exchangeNet` and `exchangeOptimizer`.
  func install(_ nets: [any Layer], _ optimizers: [any Optimizer])

  /// Makes sure that the nets take and give what a step needs.
  ///
  /// - Throws: `TrainerError.outputShape`, `TrainerError.layer`.
  func checkParts() throws(TrainerError)

  /// Makes sure that a step can take data in place of its own; their shape is known to be right.
  ///
  /// - Throws: `TrainerError.valueRange`, `TrainerError.labels`.
  func checkData(_ data: Dataset) throws(TrainerError)

  /// Whether gradients carry over from step to step, as when a step function gathers them over several batches.
  var keepsGradients: Bool { get }

  /// A trainer of the same kind with the same settings and new parts, for `fork`; its weights are set afterwards.
  func duplicate() throws(TrainerError) -> any Trainer
}

/// What a kind of trainer measured in a step.
public struct StepOutcome {
  /// How many examples it saw.
  public let examples: Int
  /// The losses and other figures, in the order in which people read them.
  public let values: [NamedValue]
}

extension Trainer {
  /// Each step clears the gradients it uses.
  public var keepsGradients: Bool { false }

  /// Any will do.
  public func checkData(_ data: Dataset) throws(TrainerError) {}

  /// Makes sure that no label lies beyond the classes.
  func checkLabels(of data: Dataset, _ classes: [String]) throws(TrainerError) {
    guard let largest = data.labels.max(), largest >= classes.count else { return }
    throw .labels(largest: largest, classes: classes)
  }

  /// The classes of the data that it was made with.
  var firstClasses: [String] { state.timeline.data.first?.classes ?? [] }

  /// No averages.
  public var averages: [(name: String, average: AverageOfWeights)] { [] }

  /// The net of a name, or nil.
  public func net(_ name: String) -> (any Layer)? { nets.first { $0.name == name }?.net }

  /// The optimizer of a name, or nil.
  public func optimizer(_ name: String) -> (any Optimizer)? { optimizers.first { $0.name == name }?.optimizer }

  /// All settings: the trainer's own, those of its optimizers (`opt_G.lr`), what is frozen (`G.frozen`), and with data
  /// how many examples a batch has (`batch`).
  public var settings: [NamedSetting] {
    var all = ownSettings
    for (name, optimizer) in optimizers {
      all += optimizer.settings.map { NamedSetting("\(name).\($0.name)", .number($0.value)) }
    }
    for (name, net) in nets {
      let frozen = net.namedParameters.filter { $0.parameter.isFrozen }.map { $0.name }
      all.append(NamedSetting("\(name).frozen", .text(frozen.joined(separator: ","))))
    }
    all += rateSettings + boundSettings
    if let loader = state.loader { all.append(NamedSetting("batch", .count(loader.batchSize))) }
    return all
  }

  /// Changes a setting; the change is recorded at the next step.
  ///
  /// `lr` stands for the rate of every optimizer.
  ///
  /// - Throws: `TrainerError.unknownSetting`, `TrainerError.setting` for a value out of range.
  public func set(_ name: String, to value: SettingValue) throws(TrainerError) {
    if ownSettings.contains(where: { $0.name == name }) { return try setOwn(name, to: value) }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2, let optimizer = optimizer(parts[0]) {
      if parts[1] == "cosine" { return try setFallingRate(of: parts[0], to: value) }
      if parts[1] == "max_norm" { return try setGradientBound(of: parts[0], to: value) }
      let number = try value.number(for: name, needs: "a number") { _ in true }
      return try raising { try optimizer.set(parts[1], to: number) }
    }
    if parts.count == 2, parts[1] == "frozen", let net = net(parts[0]), case .text(let names) = value {
      let wanted = Set(names.split(separator: ",").map(String.init))
      for (name, parameter) in net.namedParameters { parameter.isFrozen = wanted.contains(name) }
      return
    }
    if name == "batch", let loader = state.loader {
      let size = try value.count(for: name, in: 1...(1 << 30))
      return try raising { try loader.setBatchSize(size) }
    }
    guard name == "lr" else { throw .unknownSetting(name: name, known: ["lr"] + settings.map(\.name)) }
    for (part, _) in optimizers { try set("\(part).lr", to: value) }
  }
}
