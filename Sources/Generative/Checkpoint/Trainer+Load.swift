// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
import Tensors

extension Checkpoint {
  /// The training as it was saved, on the same data.
  ///
  /// - Parameter data: The data that it used; see `data(from:)`.
  /// - Returns: A trainer that goes on with the same bits.
  /// - Throws: `CheckpointError.needsParts` for a trainer around a step function or nets that cannot be described,
  ///   `CheckpointError.otherData`, `CheckpointError.entry` for a damaged file.
  public func trainer(on data: Dataset) throws(CheckpointError) -> any Trainer {
    try check(data)
    let parts = try parts()
    let settings = Dictionary((header.structure + header.settings).map { ($0.name, $0.named.value) }) { $1 }
    let trainer: any Trainer
    do {
      switch header.kind {
      case "GAN": trainer = try GANTrainer(data, GANOptions(structure: settings, header: header, parts: parts))
      case "VAE": trainer = try VAETrainer(data, VAEOptions(structure: settings, header: header, parts: parts))
      case "Classifier":
        let options = try ClassifierOptions(structure: settings, header: header, parts: parts)
        trainer = try ClassifierTrainer(data, options)
      case "VIB":
        trainer = try BottleneckTrainer(data, BottleneckOptions(structure: settings, header: header, parts: parts))
      case "SRGAN":
        let options = SuperResolutionOptions(structure: settings, header: header, parts: parts)
        trainer = try SuperResolutionTrainer(data, options)
      default: throw CheckpointError.needsParts(path: path, reason: "a \(header.kind) is made by a step function")
      }
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw .trainer(TrainerError(error))
    }
    try load(into: trainer)
    return trainer
  }

  /// The nets by name, with new weights.
  private func parts() throws(CheckpointError) -> [String: any Layer] {
    var parts: [String: any Layer] = [:]
    for entry in header.nets {
      guard let description = entry.description else {
        throw .needsParts(path: path, reason: "\(entry.name) holds a function of the user's")
      }
      do {
        parts[entry.name] = try description.makeNet(random: RandomStream(seed: 0))
      } catch {
        throw .entry(path: path, name: entry.name, reason: "\(error)")
      }
    }
    return parts
  }

  /// Puts everything into a trainer with the same parts.
  ///
  /// - Parameter trainer: A trainer of the same kind; its earlier history is lost.
  /// - Throws: `CheckpointError.trainer` if a part differs, `CheckpointError.entry` for a damaged file. The trainer is
  ///   then as it was.
  public func load(into trainer: any Trainer) throws(CheckpointError) {
    let optimizers = try optimizers(for: trainer)
    let contents = try contents(for: trainer, optimizers)
    do {
      try trainer.adopt(contents, step: header.step, optimizers)
    } catch {
      throw .trainer(error)
    }
    if trainer.state.name == nil { trainer.state.name = header.name }
    if let run = header.unfinished?.run, run.only.map(trainer.separateParts.contains) ?? true {
      trainer.state.unfinished = run
    }
  }

  /// The trainer's optimizers, each of another kind in the file made anew.
  private func optimizers(for trainer: any Trainer) throws(CheckpointError) -> [any Optimizer] {
    var made: [any Optimizer] = []
    for (name, optimizer) in trainer.optimizers {
      let isNesterov = (optimizer as? SGD)?.isNesterov ?? false
      guard trainer.canExchangeParts, let entry = header.optimizers.first(where: { $0.name == name }),
        entry.kind != optimizer.typeName || (entry.isNesterov ?? false) != isNesterov
      else {
        made.append(optimizer)
        continue
      }
      do {
        guard let other = try entry.made(for: optimizer.parameters) else {
          throw CheckpointError.entry(path: path, name: name, reason: "\(entry.kind) is no kind of optimizer")
        }
        made.append(other)
      } catch let error as CheckpointError {
        throw error
      } catch {
        throw .entry(path: path, name: name, reason: "\(error)")
      }
    }
    return made
  }

  /// The largest number of epochs or examples that a file may speak of.
  private static let largestCount = 1 << 40

  /// Makes sure that what was read can be a state of this trainer: a file may have been damaged or written by hand.
  private func validate(for trainer: any Trainer, _ optimizers: [any Optimizer]) throws(CheckpointError) {
    func fault(_ name: String, _ reason: String) -> CheckpointError { .entry(path: path, name: name, reason: reason) }
    for (name, count) in [("step", header.step), ("epoch", header.epoch), ("taken", header.taken)]
    where !(0...Self.largestCount).contains(count) {
      throw fault(name, "it is \(count)")
    }
    guard header.kind == trainer.typeName else {
      throw fault("kind", "it is a \(header.kind), not a \(trainer.typeName)")
    }
    guard header.streams.count == trainer.state.streams.states.count else {
      throw fault("streams", "\(header.streams.count) of \(trainer.state.streams.states.count) are there")
    }
    for (name, _) in trainer.nets where !header.nets.contains(where: { $0.name == name }) {
      throw fault("nets", "\(name) is missing")
    }
    for ((name, _), optimizer) in zip(trainer.optimizers, optimizers) {
      let kept = header.optimizers.first { $0.name == name }?.settings.map(\.name) ?? []
      for setting in optimizer.state.settings where !kept.contains(setting.name) {
        throw fault(name, "its \(setting.name) is missing")
      }
    }
  }

  private func contents(
    for trainer: any Trainer, _ optimizers: [any Optimizer]
  ) throws(CheckpointError) -> SnapshotContents {
    try validate(for: trainer, optimizers)
    var nets: [[(name: String, tensor: Tensor)]] = []
    for (name, net) in trainer.nets {
      nets.append(
        try net.stateDictionary.map { (entry) throws(CheckpointError) in
          (name: entry.name, tensor: try tensor("\(name).\(entry.name)"))
        })
    }
    let frozen = trainer.nets.map { part in
      Set(header.nets.first { $0.name == part.name }?.frozen ?? [])
    }
    var averages: [[Tensor]] = []
    for (name, _) in trainer.averages {
      let names = trainer.net(name)?.namedParameters.map(\.name) ?? []
      averages.append(try names.map { (entry) throws(CheckpointError) in try tensor("\(name).ema.\(entry)") })
    }
    return SnapshotContents(
      nets: nets, frozen: frozen, gradients: [], optimizers: try optimizerStates(for: trainer), averages: averages,
      loader: Loader.Position(epoch: header.epoch, taken: header.taken),
      streams: header.streams.map {
        RandomStream.State(seed: $0.seed, stream: $0.stream, counter: $0.counter)
      }, settings: header.settings.map(\.named) + batch, history: try history(), dataNumber: 0,
      configuration: 0, hooks: 0)
  }

  private var batch: [NamedSetting] { header.batch.map { [NamedSetting("batch", .count($0))] } ?? [] }

  private func optimizerStates(for trainer: any Trainer) throws(CheckpointError) -> [OptimizerState] {
    var states: [OptimizerState] = []
    for (name, _) in trainer.optimizers {
      guard let entry = header.optimizers.first(where: { $0.name == name }) else {
        throw .entry(path: path, name: name, reason: "the optimizer is missing")
      }
      let prefix = name + "."
      let own = tensors.filter { $0.key.hasPrefix(prefix) }.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      states.append(
        OptimizerState(
          typeName: entry.kind, stepsTaken: entry.stepsTaken,
          settings: entry.settings.map { ($0.name, $0.number ?? 0) }, tensors: own))
    }
    return states
  }

  private func history() throws(CheckpointError) -> History {
    let steps = try tensor("history.step").integers().map { Int($0) }
    let epochs = try tensor("history.epoch").integers().map { Int($0) }
    var columns: [[Double]] = []
    for name in header.columns {
      let bits = try tensor("history.\(name)").integers()
      columns.append(bits.map { Double(bitPattern: UInt64(bitPattern: $0)) })
    }
    guard epochs.count == steps.count, columns.allSatisfy({ $0.count == steps.count }) else {
      throw .entry(path: path, name: "history", reason: "its columns differ in length")
    }
    return History(
      names: header.columns, steps: steps, epochs: epochs, columns: columns,
      notes: header.notes.map { History.Note(step: $0.step, text: $0.text) })
  }

  private func tensor(_ name: String) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors[name] else { throw .entry(path: path, name: name, reason: "it is missing") }
    return tensor
  }
}

extension Trainer {
  /// Takes the state of a file for its own, as its first: nothing before it can be gone back to.
  ///
  /// - Parameters:
  ///   - contents: Its values.
  ///   - step: How many steps had been taken.
  ///   - optimizers: Of the kinds that the file tells.
  /// - Throws: `TrainerError` if a value does not fit; the trainer is then as it was.
  func adopt(_ contents: SnapshotContents, step: Int, _ optimizers: [any Optimizer]) throws(TrainerError) {
    let before = capture()
    let (configurations, configuration) = (state.configurations, state.configuration)
    let (hookSets, hookSet) = (state.hookSets, state.hookSet)
    install(nets.map { $0.net }, optimizers)
    followNets()
    state.configurations = [Configuration(of: self)]
    state.configuration = 0
    (state.hookSets, state.hookSet) = ([HookSet(of: self)], 0)
    var journal = Journal()
    if step > 0 { journal.add(.origin(step)) }
    let snapshot = Snapshot(name: nil, step: step, journal: journal, contents: contents)
    do {
      try apply(snapshot)
    } catch {
      (state.configurations, state.configuration) = (configurations, configuration)
      (state.hookSets, state.hookSet) = (hookSets, hookSet)
      try apply(before)
      throw error
    }
    let data = state.timeline.data
    state.exchanges = []
    state.made = nil
    state.timeline = Timeline()
    state.timeline.data = data
    state.knownSettings = settings
    state.timeline.first = capture()
    state.future = nil
    endCommand()
  }
}
