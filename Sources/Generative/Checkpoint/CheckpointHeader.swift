// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// What a saved training holds beside its tensors.
struct CheckpointHeader: Codable {
  /// A setting in a form that any reader of JSON understands.
  struct Setting: Codable {
    let name: String
    var number: Double?
    var count: Int?
    var text: String?
    var flag: Bool?
  }

  struct Stream: Codable {
    let seed: UInt64
    let stream: UInt64
    let counter: UInt64
  }

  struct OptimizerEntry: Codable {
    let name: String
    let kind: String
    let stepsTaken: Int
    let settings: [Setting]
    var isNesterov: Bool?
  }

  struct NetEntry: Codable {
    let name: String
    let description: NetDescription?
    let frozen: [String]
  }

  /// What is left of a command that was paused; nothing but `only` for one without an end.
  struct Unfinished: Codable {
    var steps: Int?
    var epochs: Double?
    var seconds: Double?
    var only: String?
  }

  struct Note: Codable {
    let step: Int
    let text: String
  }

  struct Scale: Codable, Hashable {
    let mean: Float
    let deviation: Float
    let isInverse: Bool
  }

  struct DataEntry: Codable {
    let name: String
    let split: String
    let source: String
    let count: Int
    let fingerprint: String
    let scales: [Scale]
    let cuts: [String]
  }

  let kind: String
  let name: String?
  let step: Int
  let seed: UInt64
  let batch: Int?
  let epoch: Int
  let taken: Int
  let settings: [Setting]
  let structure: [Setting]
  let streams: [Stream]
  let optimizers: [OptimizerEntry]
  let nets: [NetEntry]
  let columns: [String]
  let notes: [Note]
  let data: DataEntry?
  var unfinished: Unfinished?
}

extension CheckpointHeader.Unfinished {
  init(_ run: UnfinishedRun) {
    self.init(only: run.only)
    switch run.amount {
    case .steps(let count): steps = count
    case .epochs(let count): epochs = count
    case .seconds(let count): seconds = count
    case .unlimited: break
    }
  }

  /// The amount that is left; nil for one that cannot be.
  var run: UnfinishedRun? {
    let amount: TrainingAmount =
      if let steps {
        .steps(steps)
      } else if let epochs {
        .epochs(epochs)
      } else if let seconds {
        .seconds(seconds)
      } else {
        .unlimited
      }
    switch amount {
    case .steps(let count) where count < 0: return nil
    case .epochs(let count) where !(count >= 0 && count < 1e9): return nil
    case .seconds(let count) where !(count >= 0 && count < 1e9): return nil
    default: return UnfinishedRun(amount: amount, only: only)
    }
  }
}

extension CheckpointHeader.OptimizerEntry {
  /// An optimizer of this kind for some parameters; its settings and what it remembers are set afterwards.
  ///
  /// Nil for a kind that is not known.
  func made(for parameters: [Parameter]) throws(LayerError) -> (any Optimizer)? {
    switch kind {
    case "Adam": try Adam(parameters)
    case "AdamW": try Adam(parameters, decoupled: true)
    case "RMSprop": try RMSprop(parameters)
    case "SGD": try SGD(parameters, learningRate: 0, nesterov: isNesterov ?? false)
    default: nil
    }
  }
}

extension CheckpointHeader.Setting {
  init(_ setting: NamedSetting) {
    self.init(name: setting.name)
    switch setting.value {
    case .number(let value): number = value
    case .count(let value): count = value
    case .text(let value): text = value
    case .flag(let value): flag = value
    case .none: break
    }
  }

  var named: NamedSetting {
    let value: SettingValue =
      if let number {
        .number(number)
      } else if let count {
        .count(count)
      } else if let text {
        .text(text)
      } else if let flag {
        .flag(flag)
      } else {
        .none
      }
    return NamedSetting(name, value)
  }
}

extension CheckpointHeader.DataEntry {
  init(_ data: Dataset) {
    self.init(
      name: data.name, split: data.split, source: data.source, count: data.count,
      fingerprint: String(data.fingerprint, radix: 16),
      scales: data.normalizations.map {
        CheckpointHeader.Scale(mean: $0.mean, deviation: $0.deviation, isInverse: $0.isInverse)
      }, cuts: data.cuts)
  }

  /// How pixels were scaled, as it is typed.
  var scaling: String {
    let words = scales.map { "\($0.isInverse ? "denormalize" : "normalize")(\($0.mean), \($0.deviation))" }
    return words.isEmpty ? "pixels 0 to 1" : words.joined(separator: " |> ")
  }
}
