// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Layers
import TensorFiles
import Tensors

extension Trainer {
  /// Writes the whole training to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: A `.safetensors` file.
  ///   - remarks: Further texts to keep beside it, such as a recipe.
  /// - Throws: `CheckpointError.file` if it cannot be written.
  public func save(to path: String, remarks: [String: String] = [:]) throws(CheckpointError) {
    var file = SafetensorsFile(tensors: checkpointTensors, metadata: remarks)
    file.metadata["format"] = "easel-training"
    file.metadata["version"] = Checkpoint.version
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      file.metadata["training"] = String(decoding: try encoder.encode(checkpointHeader), as: UTF8.self)
    } catch {
      throw .entry(path: path, name: "training", reason: "it cannot be written: \(error)")
    }
    do {
      try file.write(to: path)
    } catch {
      throw .file(path: path, error)
    }
  }

  private var checkpointTensors: [(name: String, tensor: Tensor)] {
    var tensors: [(name: String, tensor: Tensor)] = []
    for (net, layer) in nets {
      tensors += layer.stateDictionary.map { ("\(net).\($0.name)", $0.tensor) }
    }
    for (name, optimizer) in optimizers {
      tensors += optimizer.state.tensors.map { ("\(name).\($0.name)", $0.tensor) }
    }
    for (net, average) in averages {
      let names = self.net(net)?.namedParameters.map(\.name) ?? []
      tensors += zip(names, average.averages).map { ("\(net).ema.\($0)", $1) }
    }
    let history = state.history
    for name in history.names {
      let bits = (history[name] ?? []).map { Int64(bitPattern: $0.bitPattern) }
      tensors += named("history.\(name)", bits)
    }
    tensors +=
      named("history.step", history.steps.map(Int64.init)) + named("history.epoch", history.epochs.map(Int64.init))
    if let data = state.loader?.data, data.isCut {
      tensors += named("data.rows", (0..<data.count).map { Int64(data.sourceRow(of: $0)) })
    }
    return tensors
  }

  private func named(_ name: String, _ numbers: [Int64]) -> [(name: String, tensor: Tensor)] {
    (try? Tensor(numbers, shape: [numbers.count])).map { [(name, $0)] } ?? []
  }

  private var checkpointHeader: CheckpointHeader {
    CheckpointHeader(
      kind: typeName, name: state.name, step: state.step, seed: state.seed, batch: state.loader?.batchSize,
      epoch: state.loader?.position.epoch ?? 0, taken: state.loader?.position.taken ?? 0,
      settings: (ownSettings + rateSettings + boundSettings).map { CheckpointHeader.Setting($0) },
      structure: structure.map { CheckpointHeader.Setting($0) },
      streams: state.streams.states.map {
        CheckpointHeader.Stream(seed: $0.seed, stream: $0.stream, counter: $0.counter)
      },
      optimizers: optimizers.map { name, optimizer in
        let kept = optimizer.state
        return CheckpointHeader.OptimizerEntry(
          name: name, kind: kept.typeName, stepsTaken: kept.stepsTaken,
          settings: kept.settings.map { CheckpointHeader.Setting(NamedSetting($0.name, .number($0.value))) },
          isNesterov: (optimizer as? SGD)?.isNesterov == true ? true : nil)
      },
      nets: nets.map { name, net in
        let frozen = net.namedParameters.filter { $0.parameter.isFrozen }.map { $0.name }
        return CheckpointHeader.NetEntry(name: name, description: NetDescription(net), frozen: frozen)
      }, columns: state.history.names,
      notes: state.history.notes.map { CheckpointHeader.Note(step: $0.step, text: $0.text) },
      data: (state.loader?.data).map { CheckpointHeader.DataEntry($0) },
      unfinished: state.unfinished.map { CheckpointHeader.Unfinished($0) })
  }
}
