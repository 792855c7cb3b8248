// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
import Tensors

extension Trainer {
  /// The present state, under a name or none; copies no weights.
  func capture(named name: String? = nil) -> Snapshot {
    if state.configurations.isEmpty { state.configurations = [Configuration(of: self)] }
    if state.hookSets.isEmpty { state.hookSets = [HookSet(of: self)] }
    let contents = SnapshotContents(
      nets: nets.map { $0.net.stateDictionary }, frozen: nets.map { frozenNames(in: $0.net) },
      gradients: keepsGradients ? nets.map { $0.net.allParameters.map(\.gradient) } : [],
      optimizers: optimizers.map { $0.optimizer.state }, averages: averages.map { $0.average.averages },
      loader: state.loader?.position ?? Loader.Position(), streams: state.streams.states, settings: settings,
      history: state.history, dataNumber: state.dataNumber, configuration: state.configuration,
      hooks: state.hookSet)
    return Snapshot(name: name, step: state.step, journal: state.journal, contents: contents)
  }

  /// Puts everything back as a snapshot holds it.
  func apply(_ snapshot: Snapshot) throws(TrainerError) {
    guard let contents = snapshot.contents else { return try rebuild(snapshot.journal) }
    let parts = state.configurations[contents.configuration]
    if !parts.matches(self) { parts.install(in: self) }
    state.configuration = contents.configuration
    state.hookSets[contents.hooks].install(in: self)
    state.hookSet = contents.hooks
    // What may be set depends on the data.
    if let loader = state.loader, contents.dataNumber != state.dataNumber {
      loader.data = state.timeline.data[contents.dataNumber]
    }
    try applyParts(contents)
    try restoreFallingRates(from: contents.settings)
    try restoreGradientBounds(from: contents.settings)
    if let loader = state.loader {
      if case .count(let size) = contents.settings.first(where: { $0.name == "batch" })?.value {
        try raising { try loader.setBatchSize(size) }
      }
      loader.position = contents.loader
    }
    state.dataNumber = contents.dataNumber
    state.streams.states = contents.streams
    state.history = contents.history
    state.step = snapshot.step
    state.journal = snapshot.journal
    state.knownSettings = contents.settings
    state.knownWeights = nil
    state.lastReport = nil
    state.unfinished = nil
  }

  private func applyParts(_ contents: SnapshotContents) throws(TrainerError) {
    for setting in contents.settings where ownSettings.contains(where: { $0.name == setting.name }) {
      try setOwn(setting.name, to: setting.value)
    }
    for (index, (_, net)) in nets.enumerated() {
      try raising { try net.load(contents.nets[index]) }
      for (name, parameter) in net.namedParameters {
        parameter.isFrozen = contents.frozen[index].contains(name)
        parameter.clearGradient()
        parameter.forgetUse()
      }
      // A file holds none: a loop of one's own starts a step with its gradients cleared then.
      guard keepsGradients, contents.gradients.indices.contains(index) else { continue }
      for (parameter, gradient) in zip(net.allParameters, contents.gradients[index]) {
        if let gradient { try raising { try parameter.replaceGradient(with: gradient) } }
      }
    }
    for ((_, optimizer), kept) in zip(optimizers, contents.optimizers) {
      try raising { try optimizer.restore(kept) }
    }
    for ((_, average), kept) in zip(averages, contents.averages) {
      try raising { try average.restore(kept) }
    }
  }

  private func frozenNames(in net: any Layer) -> Set<String> {
    Set(net.namedParameters.filter { $0.parameter.isFrozen }.map { $0.name })
  }

  /// Reaches the end of a journal: from the latest whole snapshot on its way, by taking its steps again.
  ///
  /// - Throws: `TrainerError.stopped` if the work is given up; the trainer is then as it was before.
  func rebuild(_ journal: Journal) throws(TrainerError) {
    let bases = state.timeline.whole.filter { journal.remainder(after: $0.journal) != nil }
    guard let base = bases.max(by: { $0.journal.stepCount < $1.journal.stepCount || isEarlier($0, $1) }) else {
      throw .incompatible("no state is kept from which this step could be reached")
    }
    try apply(base)
    for entry in journal.remainder(after: base.journal) ?? [] { try redo(entry) }
  }

  /// Of two snapshots at one step, the one with fewer changes after it is earlier.
  private func isEarlier(_ left: Snapshot, _ right: Snapshot) -> Bool {
    left.journal.stepCount == right.journal.stepCount && left.journal.entries.count < right.journal.entries.count
  }

  private func redo(_ entry: Journal.Entry) throws(TrainerError) {
    switch entry {
    case .steps(let count, let only):
      for _ in 0..<count {
        if state.shouldStop() { throw .stopped }
        try takeStep(only: only)
      }
    case .change(let setting): try set(setting.name, to: setting.value)
    case .data(let number): replaceData(number: number)
    case .exchange(let number): try redo(exchange: number)
    case .hooks(let number): try redo(hooks: number)
    case .edit, .within, .origin: preconditionFailure("Such a place is always reached by its own snapshot.")
    }
  }

  /// Does `body`; if it fails, puts everything back as it was before.
  func orReturn(_ body: () throws(TrainerError) -> Void) throws(TrainerError) {
    let here = capture()
    let future = state.future
    do {
      try body()
    } catch {
      try apply(here)
      state.future = future
      endCommand()
      throw error
    }
  }

  private func replaceData(number: Int) {
    state.loader?.data = state.timeline.data[number]
    state.dataNumber = number
    state.journal.add(.data(number))
  }

  /// Whether steps look at labels; of a step function that is not known, so that it keeps those it was given.
  private func needsLabels(_ data: Dataset) -> Bool {
    switch self {
    case let sampler as any Sampler: sampler.takesLabels
    case is SuperResolutionTrainer: false
    default: data.isLabelled
    }
  }

  /// Trains on other data from the next step on; the change stands in the history.
  ///
  /// - Throws: `TrainerError.data` for examples of another shape, for none, without labels that steps look at;
  ///   `TrainerError.valueRange`, `TrainerError.labels` for what the loss or the nets cannot take.
  public func replaceData(_ data: Dataset) throws(TrainerError) {
    guard let loader = state.loader else {
      throw .unsupported(what: "data", reason: "this trainer has none")
    }
    guard !data.isEmpty else { throw .data(.empty(operation: "data")) }
    guard data.exampleShape == loader.data.exampleShape else {
      throw .data(.shapeMismatch(operation: "data", left: loader.data.exampleShape, right: data.exampleShape))
    }
    guard data.isLabelled || !needsLabels(loader.data) else { throw .data(.unlabelled(name: data.name)) }
    try checkData(data)
    try noteChanges()
    state.timeline.data.append(data)
    replaceData(number: state.timeline.data.count - 1)
    state.history.note("data → \(data.description)", at: state.step)
    forgetFutureIfLeft()
  }
}
