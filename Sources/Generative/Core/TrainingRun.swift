// SPDX-License-Identifier: Apache-2.0
import Datasets

/// How long to train.
public enum TrainingAmount: Sendable, Hashable {
  /// So many steps.
  case steps(Int)
  /// Until so many times the whole data were dealt.
  case epochs(Double)
  /// For so many seconds; not reproducible, and said to be so.
  case seconds(Double)
  /// Until the caller stops.
  case unlimited
}

/// A command of several steps, driven by its caller: ask for the next step until there is none.
///
///     let run = try TrainingRun(gan, .steps(100))
///     while let report = try run.next() { … }
///
/// Stopping early is not asking again; `pause()` then notes what is left for `resume`.
public final class TrainingRun {
  /// What is trained.
  public let trainer: any Trainer
  /// How long.
  public let amount: TrainingAmount
  /// The part that is stepped, or nil for all.
  public private(set) var only: String?
  /// How many steps were taken.
  public private(set) var taken = 0
  /// How many examples were seen.
  public private(set) var examples = 0
  private let start = ContinuousClock.now
  private let dealtAtStart: Int
  private let before: CommandStart

  /// Starts a command; the state before it is kept for `undo`.
  ///
  /// - Throws: `TrainerError.setting` for a negative amount, `TrainerError.unknownPart`.
  public init(_ trainer: any Trainer, _ amount: TrainingAmount, only: String? = nil) throws(TrainerError) {
    switch amount {
    case .steps(let steps) where steps < 0:
      throw .setting(name: "n", value: "\(steps)", needs: "a whole number from 0")
    case .epochs(let epochs) where !(epochs >= 0 && epochs < 1e9):
      throw .setting(name: "epochs", value: "\(epochs)", needs: "a number from 0")
    case .epochs where trainer.state.loader == nil:
      throw .unsupported(what: "epochs", reason: "this trainer deals no data; count in steps")
    case .seconds(let seconds) where !(seconds >= 0 && seconds < 1e9):
      throw .setting(name: "seconds", value: "\(seconds)", needs: "a number from 0")
    default: break
    }
    if let only, !trainer.separateParts.contains(only) {
      throw .unknownPart(name: only, known: trainer.separateParts)
    }
    self.trainer = trainer
    self.amount = amount
    self.only = only
    dealtAtStart = trainer.examplesDealt
    trainer.state.unfinished = nil
    before = CommandStart(trainer)
    try trainer.beginCommand()
    trainer.state.run = self
  }

  /// Seconds since the start.
  public var seconds: Double {
    let (whole, rest) = (ContinuousClock.now - start).components
    return Double(whole) + Double(rest) * 1e-18
  }

  /// How many steps the command has in all; an estimate for epochs, nil when only time will tell.
  public var expectedSteps: Int? {
    switch amount {
    case .steps(let steps): return steps
    case .epochs(let epochs):
      guard taken > 0 else { return nil }
      let perStep = Double(trainer.examplesDealt - dealtAtStart) / Double(taken)
      let wanted = epochs * Double(trainer.dataCount)
      return perStep > 0 ? Int((wanted / perStep).rounded(.up)) : nil
    case .seconds, .unlimited: return nil
    }
  }

  /// Whether no step is left.
  public var isOver: Bool {
    switch amount {
    case .steps(let steps): taken >= steps
    case .epochs(let epochs):
      // Part of an example is not dealt: round, or 0.1 epochs of 10 would not end at 1.
      Double(trainer.examplesDealt - dealtAtStart) >= (epochs * Double(trainer.dataCount)).rounded()
    case .seconds(let limit): seconds >= limit
    case .unlimited: false
    }
  }

  /// Takes the next step, or returns nil when the command is complete.
  ///
  /// - Throws: `TrainerError`; the trainer is then as it was before the step, and the rest is noted for `resume`.
  public func next() throws(TrainerError) -> StepReport? {
    guard !isOver else {
      trainer.endCommand()
      end()
      return nil
    }
    do {
      let report = try trainer.takeStep(only: only)
      taken += 1
      examples += report.examples
      return report
    } catch {
      pause()
      if taken == 0, !error.isInterruption { trainer.abandonCommand(since: before) }
      throw error
    }
  }

  /// Takes back everything, as if the command had never been given.
  ///
  /// - Throws: `TrainerError.stopped` if steps had to be taken again for it and were given up.
  public func revoke() throws(TrainerError) {
    end()
    try trainer.revokeCommand(since: before)
  }

  /// Lets changes by hand count by themselves again.
  private func end() {
    if trainer.state.run === self { trainer.state.run = nil }
  }

  /// Trains another part, or all, from the next step on.
  ///
  /// - Throws: `TrainerError.unknownPart`.
  public func change(only part: String?) throws(TrainerError) {
    if let part, !trainer.separateParts.contains(part) {
      throw .unknownPart(name: part, known: trainer.separateParts)
    }
    guard part != only else { return }
    trainer.state.history.note("trains \(part.map { "\($0) only" } ?? "all parts")", at: trainer.state.step)
    only = part
  }

  /// Ends the command before its time and notes what is left.
  public func pause() {
    trainer.endCommand()
    end()
    trainer.state.unfinished = isOver ? nil : UnfinishedRun(amount: left, only: only)
  }

  /// What remains of the amount.
  private var left: TrainingAmount {
    switch amount {
    case .steps(let steps): .steps(max(steps - taken, 0))
    case .epochs(let epochs):
      .epochs(max(epochs - Double(trainer.examplesDealt - dealtAtStart) / Double(trainer.dataCount), 0))
    case .seconds(let limit): .seconds(max(limit - seconds, 0))
    case .unlimited: .unlimited
    }
  }
}

extension Trainer {
  /// How many examples were dealt since the first epoch.
  public var examplesDealt: Int {
    guard let loader = state.loader else { return 0 }
    return loader.position.epoch * loader.data.count + loader.position.taken
  }

  /// How many examples the data have; 1 without data, so that it can be divided by.
  var dataCount: Int { max(state.loader?.data.count ?? 1, 1) }
}
