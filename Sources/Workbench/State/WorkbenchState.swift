// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Generative
import Language
import Layers
import QualityMetrics
import Tensors

/// What a session keeps for its builtins: the seed, the random streams, the numbers of creation.
///
/// Objects draw from streams of their own, numbered in the order of creation, so that looking at one never changes
/// another. Belongs to the thread that evaluates.
public final class WorkbenchState {
  /// Where data sets are looked for.
  public let catalog: DatasetCatalog
  /// The seed of the session.
  public private(set) var seed: UInt64
  /// How many live objects were made since the seed was set.
  private var created: UInt64 = 0
  /// Where `randn` and its kin draw from.
  private(set) var random: RandomStream
  /// Where things that are only looked at draw from.
  private(set) var display: RandomStream
  /// How nets behave when they are called by hand.
  var context: ForwardContext
  /// The number of the running input, for messages such as "used in [7]".
  public var input = 0
  /// The trainers that were made and are still there: a layer of theirs may be exchanged through any variable.
  private var made: [WeakTrainer] = []
  /// The panels that are shown, each for one trainer.
  var panels: [ObjectIdentifier: TrainerPanel] = [:]
  /// Judges of data, by the fingerprint of what they were trained on.
  var judges: [UInt64: Judge] = [:]
  /// Who was said to have judged, and in which input that was.
  var introducedJudges: (input: Int, names: Set<ObjectIdentifier>) = (0, [])
  /// Whether notebooks see the losses as lines while a trainer runs.
  public var showsLivePlot = false
  /// From which values on `grads` and `flow` flag a gradient.
  public var gradientThresholds = GradientThresholds()
  /// What a hook on a gradient threw while a backward pass was running.
  var hookFailure: (any Error)?
  /// The input in which `backward` ran last.
  var lastBackward: Int?

  /// Makes the state of a new session.
  public init(seed: UInt64 = 0, catalog: DatasetCatalog = DatasetCatalog()) {
    self.catalog = catalog
    self.seed = seed
    (random, display, context) = Self.streams(seed)
  }

  private static func streams(_ seed: UInt64) -> (RandomStream, RandomStream, ForwardContext) {
    let dropout = RandomStream(seed: seed, stream: StreamPurpose.dropout.rawValue)
    return (
      RandomStream(seed: seed, stream: StreamPurpose.noise.rawValue),
      RandomStream(seed: seed, stream: StreamPurpose.display.rawValue),
      ForwardContext(isTraining: true, random: dropout)
    )
  }

  /// Where all streams of the session stand.
  struct Place: Hashable {
    var seed: UInt64
    var made: UInt64 = 0
    var drawn: UInt64 = 0
    var dropped: UInt64 = 0
  }

  /// Where all streams stand; setting it leaves objects that were made before as they are.
  var place: Place {
    get { Place(seed: seed, made: created, drawn: random.state.counter, dropped: context.random.state.counter) }
    set {
      seed = newValue.seed
      created = newValue.made
      let isTraining = context.isTraining
      (random, display, context) = Self.streams(seed)
      context.isTraining = isTraining
      random.state.counter = newValue.drawn
      context.random.state.counter = newValue.dropped
    }
  }

  /// The statement that brings the streams to where they are now.
  public var streamStatement: String {
    let place = place
    var text = "seed(\(Int64(bitPattern: place.seed))"
    for (name, value) in [("made", place.made), ("drawn", place.drawn), ("dropped", place.dropped)] where value > 0 {
      text += ", \(name)=\(value)"
    }
    return place == Place(seed: place.seed) ? "seed \(Int64(bitPattern: place.seed))" : text + ")"
  }

  /// A trainer as an object of the language, remembered while somebody holds it.
  func object(_ trainer: any Trainer) -> TrainerObject {
    made.removeAll { $0.trainer == nil }
    made.append(WeakTrainer(trainer: trainer))
    return TrainerObject(trainer)
  }

  /// The trainers that use a layer.
  func trainers(using layer: any Layer) -> [any Trainer] { made.compactMap(\.trainer).filter { $0.uses(layer) } }

  /// The trainer that steps an optimizer, and its name there; nil for one that somebody steps by hand.
  func place(of optimizer: any Optimizer) -> (trainer: any Trainer, part: String)? {
    for trainer in made.compactMap(\.trainer) where trainer.canExchangeParts {
      if let found = trainer.optimizers.first(where: { $0.optimizer === optimizer }) { return (trainer, found.name) }
    }
    return nil
  }

  /// The number of a new object: streams `number × 16 + purpose` are its own.
  func newNumber() -> UInt64 {
    created += 1
    return created
  }

  /// The stream of a new object for its starting weights.
  func newInitialStream() -> RandomStream {
    RandomStream(seed: seed, stream: newNumber() << 4 | StreamPurpose.initial.rawValue)
  }

  /// What a hook threw, once.
  func takeHookFailure() -> (any Error)? {
    defer { hookFailure = nil }
    return hookFailure
  }

  /// Runs `body` with everything random drawn from other streams, then puts the session's back.
  ///
  /// The step function of a trainer draws from the trainer's streams, so that its steps can be taken again.
  func drawing<Result>(
    noise: RandomStream, dropout: RandomStream, _ body: () throws -> Result
  ) rethrows -> Result {
    let outer = swapStreams(noise: noise, dropout: dropout)
    defer { _ = swapStreams(noise: outer.noise, dropout: outer.dropout) }
    return try body()
  }

  /// Puts other streams in place and gives back those that were there.
  func swapStreams(noise: RandomStream, dropout: RandomStream) -> (noise: RandomStream, dropout: RandomStream) {
    let outer = (random, context.random)
    (random, context.random) = (noise, dropout)
    return outer
  }

  /// Runs `body` with another forward context, then puts the present one back.
  func withContext<Result>(_ inner: ForwardContext, _ body: () throws -> Result) rethrows -> Result {
    let outer = context
    context = inner
    defer { context = outer }
    return try body()
  }
}

/// A trainer that is not kept alive.
private struct WeakTrainer {
  weak var trainer: (any Trainer)?
}

/// What a stream of an object is for.
enum StreamPurpose: UInt64 {
  case initial = 0
  case order
  case noise
  case dropout
  case augmentation
  case display
}

extension Call {
  /// What the session keeps for the builtins.
  var state: WorkbenchState {
    guard let state = host as? WorkbenchState else {
      preconditionFailure("a session with the workbench's table must have a WorkbenchState as its host")
    }
    return state
  }
}
