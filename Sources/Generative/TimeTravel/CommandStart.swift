// SPDX-License-Identifier: Apache-2.0

/// What a command finds beside the state that it keeps for `undo`, so that it can be taken back without a trace.
struct CommandStart {
  fileprivate let future: Journal?
  /// Whether no command was given before: then nothing was kept yet, and settings still count as the first ones.
  fileprivate let isFirst: Bool
  fileprivate let configurations: [Configuration]
  fileprivate let made: MadeWeights?
  fileprivate let hooks: (sets: [HookSet], current: Int)

  init(_ trainer: some Trainer) {
    future = trainer.state.future
    isFirst = trainer.state.timeline.first == nil
    configurations = trainer.state.configurations
    made = trainer.state.made
    hooks = (trainer.state.hookSets, trainer.state.hookSet)
  }
}

extension Trainer {
  /// Forgets the beginning of a command that did nothing, so that `undo` finds what came before it.
  func abandonCommand(since before: CommandStart) {
    guard state.timeline.takeUndo(1) != nil else { return }
    forgetCommand(since: before)
  }

  /// Goes back to the beginning of the latest command, and forgets it.
  ///
  /// - Throws: `TrainerError.stopped` if steps had to be taken again for it and were given up.
  func revokeCommand(since before: CommandStart) throws(TrainerError) {
    guard let snapshot = state.timeline.takeUndo(1) else { return }
    try apply(snapshot)
    state.future = before.future
    endCommand()
    forgetCommand(since: before)
  }

  private func forgetCommand(since before: CommandStart) {
    state.commands -= 1
    // What was set by hand before it has become an edit of the first state, which stays then.
    guard before.isFirst, state.journal == Journal(), state.timeline.undoRing.isEmpty else { return }
    state.timeline.first = nil
    state.configurations = before.configurations
    state.configuration = 0
    state.made = before.made
    (state.hookSets, state.hookSet) = before.hooks
    state.knownWeights = nil
  }
}
