// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
public import Tensors

/// Why a trainer could not be made, stepped or taken back.
public enum TrainerError: Error {
  /// A net does not fit its input.
  case layer(LayerError)
  /// An operation on tensors failed.
  case tensor(TensorError)
  /// The data could not be dealt.
  case data(DatasetError)
  /// A step function given from above failed.
  case function(any Error)
  /// A loss or gradient became NaN or infinite; the step was undone.
  case notFinite(NonFiniteFinding)
  /// `only` names something that this trainer does not update by itself.
  case unknownPart(name: String, known: [String])
  /// A setting nobody knows.
  case unknownSetting(name: String, known: [String])
  /// A setting outside what it may be.
  case setting(name: String, value: String, needs: String)
  /// Something is asked of a trainer that was made without it, such as labels.
  case unsupported(what: String, reason: String)
  /// The data's values do not suit the loss or the net's last layer.
  case valueRange(found: ValueRange, needed: ValueRange, why: String)
  /// A label beyond the classes that the nets were made for.
  case labels(largest: Int, classes: [String])
  /// A net gives another shape than the data have.
  case outputShape(net: String, expected: Shape, found: String)
  /// A step that was never reached.
  case notReached(step: Int, reached: Int)
  /// A step before the first one that is kept, as that of a file is.
  case beforeFirst(step: Int, first: Int)
  /// No earlier state is kept.
  case nothingToUndo(asked: Int, kept: Int)
  /// A snapshot nobody took.
  case unknownSnapshot(name: String, known: [String])
  /// The snapshots would take more memory than they may.
  case snapshotMemory(needed: Int, limit: Int)
  /// An optimizer that does not change exactly the parameters of the nets that it shall train.
  case otherParameters(optimizer: String, nets: [String])
  /// A part that a step function from above holds on to.
  case fixedPart(name: String)
  /// A part exchanged while a step was being taken.
  case duringStep
  /// Two trainers that cannot be compared or exchanged.
  case incompatible(String)
  /// Work was given up because it was asked for; the trainer is as it was before.
  case stopped
}

extension TrainerError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    switch self {
    case .layer(let error): "\(error)"
    case .tensor(let error): "\(error)"
    case .data(let error): "\(error)"
    case .function(let error): "\(error)"
    case .notFinite(let finding): "\(finding)"
    case .unknownPart(let name, let known):
      "there is no part \"\(name)\" to step by itself; there is \(known.joined(separator: ", "))"
    case .unknownSetting(let name, let known):
      "there is no setting \"\(name)\"; there is \(known.joined(separator: ", "))"
    case .setting(let name, let value, let needs): "\(name) = \(value): needs \(needs)"
    case .unsupported(let what, let reason): "\(what): \(reason)"
    case .valueRange(let found, let needed, let why): "values \(found) where \(needed) is needed: \(why)"
    case .labels(let largest, let classes):
      "label \(largest) is beyond the \(classes.count) classes that it was made for"
    case .outputShape(let net, let expected, let found): "\(net) gives \(found), the data are \(expected)"
    case .beforeFirst(let step, let first): "step \(step) lies before the first state kept, that of step \(first)"
    case .notReached(let step, let reached): "step \(step) was never reached; the last was \(reached)"
    case .nothingToUndo(let asked, let kept): "cannot undo \(asked): \(kept) earlier states are kept"
    case .unknownSnapshot(let name, let known):
      known.isEmpty
        ? "there is no snapshot \"\(name)\"; none was taken"
        : "there is no snapshot \"\(name)\"; there is \(known.joined(separator: ", "))"
    case .snapshotMemory(let needed, let limit):
      "snapshots would need \(needed) bytes, the limit is \(limit)"
    case .otherParameters(let optimizer, let nets):
      "\(optimizer) must change the parameters of \(nets.joined(separator: " and ")), all of them and no others"
    case .fixedPart(let name): "\(name) is held by the step function, which would go on with it"
    case .duringStep: "a step is being taken; parts are exchanged between two steps"
    case .incompatible(let reason): reason
    case .stopped: "stopped"
    }
  }
}

extension TrainerError {
  /// Whether the work was given up because somebody asked for it.
  public var isInterruption: Bool {
    switch self {
    case .stopped, .tensor(.interrupted): true
    case .layer(let error): if case .tensor(.interrupted) = error.cause { true } else { false }
    case .data(.tensor(.interrupted)): true
    default: false
    }
  }

  /// Any error of the layers below, as this layer's.
  init(_ error: any Error) {
    self =
      switch error {
      case let error as TrainerError: error
      case let error as LayerError: .layer(error)
      case let error as TensorError: .tensor(error)
      case let error as DatasetError: .data(error)
      default: .function(error)
      }
  }
}

/// Runs `body`, whose errors come from the layers below.
func raising<Result>(_ body: () throws -> Result) throws(TrainerError) -> Result {
  do {
    return try body()
  } catch {
    throw TrainerError(error)
  }
}
