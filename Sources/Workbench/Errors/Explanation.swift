// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import QualityMetrics
import TensorFiles
import Tensors

/// Turns errors of the engine, which are data, into diagnostics that people understand.
enum Explanation {
  /// The diagnostic of an error; nil for an error of somebody else.
  static func of(_ error: any Error, _ call: Call) -> Diagnostic? {
    switch error {
    case let error as any Explained: error.diagnostic
    case let error as Diagnostic: error
    case let error as TensorError: TensorExplanation(error, call).diagnostic
    case let error as LayerError: LayerExplanation(error, call).diagnostic
    case let error as TrainerError: TrainerExplanation(error, call).diagnostic
    case let error as TensorFileError: TensorFileExplanation.diagnostic(error)
    case let error as MetricError: MetricExplanation(error, call).diagnostic
    case let error as CheckpointError: CheckpointExplanation.diagnostic(error, call)
    case let error as DatasetError: DatasetExplanation(error, call).diagnostic
    default: nil
    }
  }
}
