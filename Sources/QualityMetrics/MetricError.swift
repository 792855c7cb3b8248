// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
public import TensorFiles
public import Tensors

/// Why a measure could not be taken.
public enum MetricError: Error, Sendable {
  /// Too few examples for the measure to mean anything.
  case tooFew(measure: String, found: Int, needed: Int)
  /// Images of fewer pixels a side than the measure looks at together.
  case tooSmall(measure: String, found: [Int], needed: Int)
  /// Two sets that differ in the shape of their examples.
  case mismatch(measure: String, left: [Int], right: [Int])
  /// A value that is NaN or infinite among the examples.
  case notFinite(measure: String)
  /// An argument outside its range.
  case argument(name: String, value: String, needs: String)
  /// Weights that are not a judge's.
  case notAJudge(path: String, reason: String)
  /// Labels are needed and there are none.
  case unlabelled(measure: String)
  /// Work was given up because it was asked for.
  case stopped
  /// A fault of the tensors.
  case tensor(TensorError)
  /// A net that does not fit.
  case layer(LayerError)
  /// A fault of the data.
  case data(DatasetError)
  /// A file that cannot be read or written.
  case file(TensorFileError)
}

extension MetricError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    switch self {
    case .tooFew(let measure, let found, let needed): "\(measure) needs at least \(needed) examples, got \(found)"
    case .tooSmall(let measure, let found, let needed): "\(measure) needs \(needed) pixels a side, got \(found)"
    case .mismatch(let measure, let left, let right): "\(measure): examples of \(left) and of \(right)"
    case .notFinite(let measure): "\(measure): an example holds a NaN or an infinity"
    case .argument(let name, let value, let needs): "\(name) = \(value): needs \(needs)"
    case .notAJudge(let path, let reason): "\(path): no judge's weights: \(reason)"
    case .unlabelled(let measure): "\(measure) needs labels"
    case .stopped: "stopped"
    case .tensor(let error): "\(error)"
    case .layer(let error): "\(error)"
    case .data(let error): "\(error)"
    case .file(let error): "\(error)"
    }
  }
}

/// Runs `body`, whose errors come from the layers below.
func measuring<Result>(_ body: () throws -> Result) throws(MetricError) -> Result {
  do {
    return try body()
  } catch let error as MetricError {
    throw error
  } catch let error as TensorError {
    throw .tensor(error)
  } catch let error as LayerError {
    throw .layer(error)
  } catch let error as DatasetError {
    throw .data(error)
  } catch let error as TensorFileError {
    throw .file(error)
  } catch {
    throw .argument(name: "measure", value: "\(error)", needs: "another input")
  }
}
