// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// A place in training that can be gone back to exactly.
///
/// It holds weights, optimizer state, the loader's place, the random streams, the settings and the history. When
/// memory is short the weights are let go; the place is then reached by replaying the steps that led to it, with the
/// same result to the bit.
public struct Snapshot {
  /// The name people gave it, or nil for one the trainer took by itself.
  public let name: String?
  /// How many steps had been taken.
  public let step: Int
  /// How many bytes its tensors take, if it still holds them.
  public var byteCount: Int { contents?.byteCount ?? 0 }
  /// Whether it holds its weights itself, as against being reached by replay.
  public var isWhole: Bool { contents != nil }

  let journal: Journal
  var contents: SnapshotContents?
}

/// The state of a trainer at one moment.
///
/// Tensors are values: they share memory with the trainer until it changes them.
struct SnapshotContents {
  var nets: [[(name: String, tensor: Tensor)]]
  let frozen: [Set<String>]
  let gradients: [[Tensor?]]
  let optimizers: [OptimizerState]
  let averages: [[Tensor]]
  let loader: Loader.Position
  let streams: [RandomStream.State]
  let settings: [NamedSetting]
  let history: History
  let dataNumber: Int
  /// Which of the trainer's sets of parts the values belong to.
  let configuration: Int
  /// Which of the sets of hooks is on its layers.
  let hooks: Int

  /// The bytes of its tensors and history, none counted as shared.
  var byteCount: Int {
    let weights = nets.flatMap { $0 }.reduce(0) { $0 + $1.tensor.byteCount }
    let moments = optimizers.flatMap(\.tensors).reduce(0) { $0 + $1.tensor.byteCount }
    let kept = gradients.flatMap { $0 }.reduce(0) { $0 + ($1?.byteCount ?? 0) }
    let means = averages.flatMap { $0 }.reduce(0) { $0 + $1.byteCount }
    return weights + moments + kept + means + history.byteCount
  }
}

extension Tensor {
  /// How many bytes the elements take.
  var byteCount: Int { count * (dtype == .int64 ? 8 : dtype == .bool ? 1 : 4) }
}
