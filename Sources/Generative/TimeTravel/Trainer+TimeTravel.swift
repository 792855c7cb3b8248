// SPDX-License-Identifier: Apache-2.0
import Layers

extension Trainer {
  /// Keeps the present state under a name, in place of an earlier one of that name.
  ///
  /// - Returns: The snapshot; without a name it is called `step N`.
  /// - Throws: `TrainerError` if a setting changed since the last step cannot be recorded.
  @discardableResult
  public func snapshot(_ name: String? = nil) throws(TrainerError) -> Snapshot {
    try noteChanges()
    try noteEdits()
    let snapshot = capture(named: name ?? "step \(state.step)")
    state.timeline.keepNamed(snapshot)
    return snapshot
  }

  /// The snapshots that people took, in order.
  public var snapshots: [Snapshot] { state.timeline.named }

  /// How many bytes all snapshots take, the first state not counted, and how many they may take.
  public var snapshotMemory: (used: Int, limit: Int) { (state.timeline.byteCount, state.timeline.byteLimit) }

  /// How many earlier states `undo` can reach.
  public var undoCount: Int { state.timeline.undoRing.count }

  /// The furthest step that `goTo` can reach.
  public var furthestStep: Int { state.future?.stepCount ?? state.step }

  /// Goes back to a named snapshot.
  ///
  /// - Throws: `TrainerError.unknownSnapshot`; `TrainerError.stopped` if its steps had to be replayed and were given
  ///   up.
  public func restore(_ name: String) throws(TrainerError) {
    guard let snapshot = state.timeline.named.last(where: { $0.name == name }) else {
      throw .unknownSnapshot(name: name, known: state.timeline.named.compactMap(\.name))
    }
    try restore(snapshot)
  }

  /// Goes back to a snapshot of this trainer.
  ///
  /// - Throws: `TrainerError.stopped` if its steps had to be replayed and were given up.
  public func restore(_ snapshot: Snapshot) throws(TrainerError) {
    let before = CommandStart(self)
    try beginCommand()
    let reached = furthestJournal
    try orAbandon(before) { () throws(TrainerError) in try apply(snapshot) }
    keepFuture(reached)
    endCommand()
  }

  /// Takes back the last `count` commands; each keeps the state before it, and so does a change of weights by hand
  /// between two commands.
  ///
  /// - Throws: `TrainerError.nothingToUndo` if fewer are kept.
  public func undo(_ count: Int = 1) throws(TrainerError) {
    // What was set by hand since the last command is taken back first; what cannot be noted is taken back with it.
    try? noteChanges()
    try noteEdits()
    let timeline = state.timeline
    guard count >= 1, count <= undoCount, let snapshot = state.timeline.takeUndo(count) else {
      throw .nothingToUndo(asked: count, kept: undoCount)
    }
    let reached = furthestJournal
    do {
      try orReturn { () throws(TrainerError) in try apply(snapshot) }
    } catch {
      state.timeline = timeline
      throw error
    }
    keepFuture(reached)
    endCommand()
  }

  /// Goes to a step that was reached before, back or forward again: to the bit as it was.
  ///
  /// An earlier step is as it was right after it was taken; the furthest one is with what was changed by hand since.
  ///
  /// - Returns: The step of the snapshot it started from; the steps from there were taken again.
  /// - Throws: `TrainerError.notReached`, `TrainerError.beforeFirst`; `TrainerError.stopped` if the replay was given up.
  @discardableResult
  public func goTo(step: Int) throws(TrainerError) -> Int {
    let (future, furthest) = (state.future, furthestStep)
    let earliest = state.timeline.first?.step ?? 0
    guard step >= earliest || step < 0 else { throw .beforeFirst(step: step, first: earliest) }
    guard step >= 0, step <= furthest else { throw .notReached(step: step, reached: furthest) }
    let before = CommandStart(self)
    try beginCommand()
    let isHere = step == state.step && state.future == nil
    let reached = isHere ? state.journal : future ?? state.journal
    let isEnd = isHere || (step == furthest && step > state.step)
    let target = isEnd ? reached : reached.prefix(steps: step)
    let bases = state.timeline.whole.filter { target.remainder(after: $0.journal) != nil }
    try orAbandon(before) { () throws(TrainerError) in try rebuild(target) }
    keepFuture(reached)
    endCommand()
    return bases.map(\.step).max() ?? 0
  }

  /// Goes back to step 0: the same weights, order and noise as at first, with the settings of that time.
  public func reset() throws(TrainerError) {
    try beginCommand()
    guard let first = state.timeline.first else { return }
    let reached = furthestJournal
    try apply(first)
    keepFuture(reached)
    endCommand()
  }

  /// Another trainer with the same past that goes its own way from here, without the hooks on its layers.
  ///
  /// - Parameter changes: Settings that differ from now on, such as `lr`.
  /// - Returns: The other trainer, at the same step.
  /// - Throws: `TrainerError.unknownSetting`, `TrainerError.setting`, `TrainerError.unsupported` if a net cannot be
  ///   copied.
  public func fork(_ changes: [NamedSetting] = []) throws(TrainerError) -> any Trainer {
    try noteChanges()
    try noteEdits()
    for (index, parts) in state.configurations.enumerated() {
      guard let name = parts.uncopyable else { continue }
      let reason = "\(name) holds a function of the user's, which cannot be copied"
      let past = "\(name) once held a function of the user's, which cannot be copied"
      throw .unsupported(what: "fork", reason: index == state.configuration ? reason : past)
    }
    let copy = try duplicate()
    let copies = ConfigurationCopy()
    var configurations: [Configuration] = []
    for parts in state.configurations { configurations.append(try copies.copy(parts, trained: netsTrained)) }
    copy.state.configurations = configurations
    copy.state.exchanges = state.exchanges
    copy.state.timeline = state.timeline
    copy.state.made = nil
    copy.state.hookSets = state.hookSets
    try copy.apply(capture())
    copy.endCommand()
    HookSet().install(in: copy)
    copy.noteHooks()
    copy.state.name = state.name
    copy.state.unfinished = state.unfinished
    for change in changes { try copy.set(change.name, to: change.value) }
    return copy
  }

  /// Starts a command: notes what people changed since the last one and keeps the state for `undo`.
  public func beginCommand() throws(TrainerError) {
    try noteChanges()
    try noteEdits()
    state.timeline.keepForUndo(capture())
    state.commands += 1
  }

  /// Does `body`; if it fails, puts everything back as it was before the command.
  private func orAbandon(
    _ before: CommandStart, _ body: () throws(TrainerError) -> Void
  ) throws(TrainerError) {
    do {
      try orReturn(body)
    } catch {
      abandonCommand(since: before)
      throw error
    }
  }

  /// Ends a command: what the weights are now is known, so that a later change by hand is noticed.
  public func endCommand() { state.knownWeights = weightsFingerprint }

  /// Keeps the state after a change that no replay can repeat: weights set by hand or by another optimizer.
  func noteEdits() throws(TrainerError) {
    guard let known = state.knownWeights, known != weightsFingerprint else { return }
    // The weights before are gone, but the steps that led to them can be taken again.
    if state.run == nil, !state.isStepping {
      state.timeline.keepForUndo(Snapshot(name: nil, step: state.step, journal: state.journal, contents: nil))
    }
    state.history.note("weights changed by hand", at: state.step)
    let number = state.timeline.keepEdit(capture())
    state.journal.add(.edit(number))
    state.timeline.replaceEdit(number, by: capture())
    state.knownWeights = weightsFingerprint
    forgetFutureIfLeft()
  }

  /// The journal with the steps that were taken before going back, if they can still be reached.
  private var furthestJournal: Journal { state.future ?? state.journal }

  private func keepFuture(_ reached: Journal) {
    let rest = reached.remainder(after: state.journal) ?? []
    state.future = rest.isEmpty ? nil : reached
  }
}
