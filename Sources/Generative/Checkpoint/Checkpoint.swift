// SPDX-License-Identifier: Apache-2.0
public import Datasets
import FoundationEssentials
import Layers
import TensorFiles
public import Tensors

/// A whole training in a file: weights, optimizers, random streams, the loader's place, settings and history.
///
/// The file is in the safetensors format. Weights stand under PyTorch's names with their net in front
/// (`G.0.weight`), optimizer state as `opt_G.state.0.exp_avg`, averages as `G.ema.0.weight`, columns of the history as
/// the bits of 64-bit floats (`history.errD`), the rows of a cut of the data as `data.rows`; everything else is one
/// JSON text in the metadata, under `training`. Going on from it gives the same bits as never having stopped.
public struct Checkpoint {
  /// The form of the file; readers refuse others.
  public static let version = "1"

  let header: CheckpointHeader
  let tensors: [String: Tensor]
  /// Further texts that were saved beside the training, such as a recipe.
  public let remarks: [String: String]
  let path: String

  /// The kind of trainer, as `GAN`.
  public var kind: String { header.kind }
  /// The name people gave to the trainer.
  public var name: String? { header.name }
  /// How many steps had been taken.
  public var step: Int { header.step }

  /// Reads a file.
  ///
  /// - Throws: `CheckpointError`: not there, damaged, no training, another version.
  public init(contentsOf path: String) throws(CheckpointError) {
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(contentsOf: path)
    } catch {
      throw .file(path: path, error)
    }
    guard let text = file.metadata["training"], file.metadata["format"] == "easel-training" else {
      throw .notACheckpoint(path: path)
    }
    guard file.metadata["version"] == Self.version else {
      throw .version(path: path, found: file.metadata["version"] ?? "none", known: Self.version)
    }
    do {
      header = try JSONDecoder().decode(CheckpointHeader.self, from: Data(text.utf8))
    } catch {
      throw .entry(path: path, name: "training", reason: "it cannot be understood")
    }
    tensors = Dictionary(file.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    remarks = file.metadata.filter { !["training", "format", "version"].contains($0.key) }
    self.path = path
  }

  /// The weights of one net, under PyTorch's names.
  public func weights(of net: String) -> [(name: String, tensor: Tensor)] {
    let prefix = net + "."
    return tensors.filter { $0.key.hasPrefix(prefix) && !$0.key.hasPrefix(prefix + "ema.") }
      .map { (String($0.key.dropFirst(prefix.count)), $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// The data that the training used, found again by name and cut and scaled as they were.
  ///
  /// - Parameter catalog: Where to look.
  /// - Returns: The same examples.
  /// - Throws: `CheckpointError.needsParts` for data that no catalog knows, `CheckpointError.otherData` if what is found
  ///   is not the same.
  public func data(from catalog: DatasetCatalog) throws(CheckpointError) -> Dataset {
    guard let entry = header.data else { throw .needsParts(path: path, reason: "it had no data") }
    do {
      let place = DatasetCatalog.names.contains(entry.name) ? entry.name : entry.source
      var data = try catalog.dataset(place, split: entry.split.isEmpty ? "train" : entry.split)
      if let rows = tensors["data.rows"]?.integers() { data = try data.selecting(rows.map { Int($0) }, as: "as saved") }
      for scale in entry.scales {
        data =
          scale.isInverse
          ? try data.denormalized(mean: scale.mean, deviation: scale.deviation)
          : try data.normalized(mean: scale.mean, deviation: scale.deviation)
      }
      try check(data)
      return data
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw .needsParts(path: path, reason: "\(error)")
    }
  }

  /// Makes sure that data are those the training used.
  ///
  /// - Throws: `CheckpointError.otherData`.
  public func check(_ data: Dataset) throws(CheckpointError) {
    guard let entry = header.data else { return }
    let found = CheckpointHeader.DataEntry(data)
    guard found.fingerprint == entry.fingerprint else {
      throw .otherData(
        path: path, expected: "\(entry.name) (\(entry.count) examples)", found: "\(data.name) (\(data.count) examples)")
    }
    guard found.scales == entry.scales else {
      throw .otherData(
        path: path, expected: "\(entry.name) with \(entry.scaling)", found: "\(data.name) with \(found.scaling)")
    }
  }
}
