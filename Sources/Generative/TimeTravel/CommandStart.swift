// SPDX-License-Identifier: Apache-2.0

/// What a command finds beside the state that it keeps for `undo`, so that it can be taken back without a trace.
struct CommandStart {
  fileprivate let future: Journal?
  /// Whether no command was given before: then nothing was kept yet, and settings still count as the first ones.
  fileprivate let isFirst: Bool
  fileprivate let configurations: [Configuration]

  init(_ trainer: some Trainer) {
    future = trainer.state.future
    isFirst = trainer.state.timeline.first == nil
    configurations = trainer.state.configurations
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
    guard before.isFirst else { return }
    state.timeline.first = nil
    state.configurations = before.configurations
    state.configuration = 0
    state.knownWeights = nil
  }
}
