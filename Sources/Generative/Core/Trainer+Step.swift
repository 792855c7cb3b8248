// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

extension Trainer {
  /// Takes one step: all its updates, or none when it throws.
  ///
  /// - Parameter only: The part to update, one of `separateParts`, or nil for all.
  /// - Returns: What was measured.
  /// - Throws: `TrainerError`; the trainer is then as it was before the step.
  @discardableResult
  public func takeStep(only: String? = nil) throws(TrainerError) -> StepReport {
    if let only, !separateParts.contains(only) { throw .unknownPart(name: only, known: separateParts) }
    try noteChanges()
    try noteEdits()
    let start = StepStart(self)
    let epoch = loaderEpoch
    let rates = optimizers.map { $0.optimizer.learningRate }
    let outcome: StepOutcome
    state.isStepping = true
    defer { state.isStepping = false }
    do {
      outcome = try performStep(only: only)
    } catch {
      state.isStepping = false
      try start.repair(self)
      throw error
    }
    state.step += 1
    // A step changes weights: what they were tells nothing until the command ends.
    state.knownWeights = nil
    if !canExchangeParts { noteRatesMoved(from: rates) }
    moveFallingRates()
    state.journal.addStep(only: only)
    try noteExchange(isWithinStep: true)
    forgetFutureIfLeft()
    let report = StepReport(step: state.step, epoch: epoch, examples: outcome.examples, values: outcome.values)
    state.history.append(report)
    state.lastReport = report
    if state.step % rollingInterval == 0 { state.timeline.keepLatest(capture()) }
    return report
  }

  /// Notes once that a step function moves a rate itself: taken again, it moves it again.
  private func noteRatesMoved(from before: [Double]) {
    for ((name, optimizer), rate) in zip(optimizers, before) where optimizer.learningRate != rate {
      let setting = NamedSetting("\(name).lr", .number(optimizer.learningRate))
      guard let index = state.knownSettings.firstIndex(where: { $0.name == setting.name }) else { continue }
      state.knownSettings[index] = setting
      let text = "\(name).lr is moved by the step itself"
      if !state.history.notes.contains(where: { $0.text == text }) { state.history.note(text, at: state.step) }
    }
  }

  /// The epoch that the next batch comes from.
  private var loaderEpoch: Int {
    guard let loader = state.loader else { return 0 }
    return loader.position.epoch + (loader.position.taken >= loader.data.count ? 1 : 0)
  }

  /// Records what was changed since the last step, so that it stands in the history and can be done again.
  func noteChanges() throws(TrainerError) {
    endOverriddenFalls()
    if state.timeline.first == nil {
      try checkNewParts()
      state.knownSettings = settings
      keepFirst()
      return
    }
    try noteExchange()
    noteHooks()
    let now = settings
    guard now != state.knownSettings else { return }
    let before = Dictionary(state.knownSettings.map { ($0.name, $0.value) }) { first, _ in first }
    for setting in now where before[setting.name] != setting.value {
      let old = before[setting.name].map { "\($0) → " } ?? ""
      state.history.note("\(setting.name) \(old)\(setting.value)", at: state.step)
      state.journal.add(.change(setting))
    }
    state.knownSettings = now
    forgetFutureIfLeft()
  }

  /// Makes sure that parts which were exchanged before the first step fit; they count as those it was made with.
  private func checkNewParts() throws(TrainerError) {
    let known = state.configurations.first
    if let known, !known.matches(self) { try checkParts() }
    followNets()
    state.configurations = [Configuration(of: self)]
    state.configuration = 0
  }

  /// After going back, the steps that had been taken stay reachable until something else is done.
  func forgetFutureIfLeft() {
    guard let future = state.future else { return }
    if future.remainder(after: state.journal)?.isEmpty ?? true { state.future = nil }
  }
}

/// How often a running training notes a place from which an abandoned step can be repaired.
private let rollingInterval = 100

/// What is needed to undo a step that failed before any weight was changed: cheap, because nothing is copied.
private struct StepStart {
  private let streams: [RandomStream.State]
  private let position: Loader.Position?
  private let buffers: [(buffer: Buffer, value: Tensor)]
  private let updates: Int

  init(_ trainer: some Trainer) {
    streams = trainer.state.streams.states
    position = trainer.state.loader?.position
    buffers = trainer.nets.flatMap { $0.net.namedBuffers }.map { ($0.buffer, $0.buffer.value) }
    updates = Self.updates(of: trainer)
  }

  /// Puts the trainer back to where it was before the step.
  func repair(_ trainer: some Trainer) throws(TrainerError) {
    let state = trainer.state
    let isWhole = state.configurations[state.configuration].matches(trainer)
    guard isWhole, Self.updates(of: trainer) == updates else { return try redo(trainer) }
    trainer.state.streams.states = streams
    if let position { trainer.state.loader?.position = position }
    for (buffer, value) in buffers { buffer.value = value }
  }

  /// A part was updated already: the state before the step is reached again from the latest snapshot.
  private func redo(_ trainer: some Trainer) throws(TrainerError) {
    let (journal, future) = (trainer.state.journal, trainer.state.future)
    // What stopped the step must not stop its repair.
    let (check, shouldStop) = (Compute.interruptCheck, trainer.state.shouldStop)
    Compute.interruptCheck = nil
    trainer.state.shouldStop = { false }
    defer {
      Compute.interruptCheck = check
      trainer.state.shouldStop = shouldStop
    }
    do {
      try trainer.rebuild(journal)
      trainer.state.future = future
      trainer.endCommand()
    } catch {
      // Whole, but earlier: the steps that could not be taken again stay reachable.
      trainer.state.future = future ?? journal
      throw error
    }
  }

  private static func updates(of trainer: some Trainer) -> Int {
    trainer.optimizers.reduce(0) { $0 + $1.optimizer.stepsTaken }
  }
}
