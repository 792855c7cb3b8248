// SPDX-License-Identifier: Apache-2.0
public import Datasets

/// What every kind of trainer has: streams, the loader's place, a count of steps, history, snapshots.
public final class TrainingState {
  /// The name people gave to the trainer, for messages.
  public var name: String?
  /// Deals the data; nil for a trainer without data.
  public let loader: Loader?
  /// One random stream a purpose.
  public let streams: TrainingStreams
  /// How many steps were taken.
  public internal(set) var step = 0
  /// What was measured and changed.
  public internal(set) var history = History()
  /// What the last step did.
  public internal(set) var lastReport: StepReport?
  /// How many commands there were that `undo` could take back, also those that changed nothing.
  public internal(set) var commands = 0
  /// Steps that a paused command left undone.
  public internal(set) var unfinished: UnfinishedRun?
  /// Called between operations of long work; work is given up when it returns true.
  public var shouldStop: () -> Bool = { false }

  /// Told of each phase of a step in slow motion.
  var phaseObserver: ((StepPhase) -> Void)?
  var timeline = Timeline()
  /// What was done so far, and after going back also what had been done then.
  var journal = Journal()
  var future: Journal?
  var knownSettings: [NamedSetting] = []
  var knownWeights: UInt64?
  var dataNumber = 0
  /// Every set of parts that the trainer ever had, and which it has.
  var configurations: [Configuration] = []
  var configuration = 0
  /// The weights that a new trainer was made with, until its first state is kept.
  var made: MadeWeights?
  /// Every set of hooks that its layers ever had, and which they have.
  var hookSets: [HookSet] = []
  var hookSet = 0
  /// The exchanges that can be done again, in order.
  var exchanges: [Exchange] = []
  /// The command of several steps that runs.
  weak var run: TrainingRun?
  /// Whether a step is being taken.
  var isStepping = false
  /// The rates that fall along half a cosine, by their optimizer.
  var fallingRates: [String: FallingRate] = [:]
  /// The most length that gradients may have before an update, by their optimizer.
  var gradientBounds: [String: Double] = [:]

  /// The state of a new trainer.
  ///
  /// - Throws: `TrainerError.data` for a batch below one or data without examples.
  init(data: Dataset?, batch: Int, seed: UInt64) throws(TrainerError) {
    let streams = TrainingStreams(seed: seed)
    loader = try raising { try data.map { try Loader($0, batch: batch, random: streams.order) } }
    self.streams = streams
    timeline.data = [data].compactMap { $0 }
  }

  /// A state around a loader that the user made.
  init(loader: Loader?, seed: UInt64) {
    streams = TrainingStreams(seed: seed)
    self.loader = loader
    timeline.data = [loader?.data].compactMap { $0 }
  }

  /// What all streams follow from.
  public var seed: UInt64 { streams.seed }

  /// The epoch that the next batch belongs to, from 0.
  public var epoch: Int { loader?.position.epoch ?? 0 }
}

/// What is left of a command that was paused.
public struct UnfinishedRun: Sendable, Hashable {
  /// How much is left.
  public let amount: TrainingAmount
  /// The part that was stepped, or nil for all.
  public let only: String?
}
