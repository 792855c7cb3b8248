// SPDX-License-Identifier: Apache-2.0
import Datasets
public import Generative
public import Language
import Layers
import Tensors

/// A training as a live object of the language.
public final class TrainerObject: HostObject {
  /// The trainer.
  public let trainer: any Trainer

  /// Whether the name is one that a file held.
  private var isNameBorrowed = false
  /// The streams that held before each `with` that is running.
  private var outer: [(noise: RandomStream, dropout: RandomStream)] = []

  /// Wraps a trainer.
  public init(_ trainer: any Trainer) { self.trainer = trainer }

  /// The name of the type.
  public static var typeName: String { "Trainer" }

  /// What can be asked of a trainer behind a dot, beside its parts and settings.
  public static let fields: [Field<TrainerObject>] = [
    Field("steps", Text("How many steps were taken.", zh: "已走的步数。")) { $0.trainer.state.step },
    Field("epoch", Text("How many epochs are complete.", zh: "已完成的轮数。")) { $0.trainer.state.epoch },
    Field("seed", Text("What its random numbers follow from.", zh: "随机数的种子。")) {
      Int(truncatingIfNeeded: $0.trainer.state.seed)
    },
    Field("memory", Text("Megabytes that its snapshots take, and the most they may.", zh: "快照占用的兆字节数，以及上限。")) { owner in
      let memory = owner.trainer.snapshotMemory
      return Record([
        ("used", .float(Double(memory.used) / 1_048_576)), ("limit", .float(Double(memory.limit) / 1_048_576)),
      ])
    },
    Field("history", Text("What was measured at each step.", zh: "每一步的测量值。")) { HistoryObject($0) },
    Field("loader", Text("What deals the data.", zh: "数据加载器。")) { owner in
      owner.trainer.state.loader.map { LoaderObject($0) }
    },
    Field(
      "data", Text("The data that it trains on.", zh: "训练数据。"),
      read: { owner in owner.trainer.state.loader.map { DatasetObject($0.data) } },
      write: { owner, data, call in
        guard let data else { throw TrainingFault.noData(owner.name) }
        do {
          try owner.trainer.replaceData(data.data)
        } catch let error as TrainerError {
          throw TrainerExplanation(error, call, name: owner.name).diagnostic
        }
      }),
  ]

  /// `GAN`, `VAE`, `Classifier`, `Trainer`.
  public var typeName: String { trainer.typeName }

  /// The name that messages use.
  public var name: String { trainer.state.name ?? trainer.typeName }

  // MARK: Looks

  /// As in `GAN on digits (6000 × 28×28)  G 243k + D 101k parameters  step 0`.
  public func line(_ context: DisplayContext) -> String { TrainerText(self, context.language).line }

  /// The line, the last losses, and what can be gone back to.
  public func display(_ context: DisplayContext) -> Display { Display(TrainerText(self, context.language).card) }

  /// The name and the step, for labels of diagnostics.
  public var brief: String { "\(trainer.typeName), step \(trainer.state.step)" }

  // MARK: Parts and settings

  /// Nets, optimizers, and the trainer's own settings.
  public var ownFieldNames: [String] {
    trainer.nets.map(\.name) + trainer.optimizers.map(\.name) + trainer.ownSettings.map(\.name) + ["lr"]
      + (trainer.state.loader == nil ? [] : ["batch"])
  }

  /// A part or a setting.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    if let net = trainer.net(name) { return .host(ModuleObject(net, path: "\(self.name).\(name)", owner: self)) }
    if let optimizer = trainer.optimizer(name) {
      return .host(OptimizerObject(optimizer, name: "\(self.name).\(name)", of: (trainer, name)))
    }
    if name == "lr" { return rateValue }
    if name == "batch" { return trainer.state.loader.map { .int($0.batchSize) } }
    if name == "augment", let changes = (trainer as? ClassifierTrainer)?.state.loader?.augmentation {
      return .host(AugmentationObject(changes))
    }
    return trainer.ownSettings.first { $0.name == name }.map { Value($0.value) }
  }

  /// Changes a setting.
  public func setOwnField(_ name: String, to value: Value, _ call: Call) throws -> Bool {
    if try PartExchange(self, call).put(value, for: name) { return true }
    let isCommon = name == "lr" || (name == "batch" && trainer.state.loader != nil)
    guard isCommon || trainer.ownSettings.contains(where: { $0.name == name }),
      let changes = try settings(name, value)
    else {
      if Self.fixedOptions.contains(name), !(trainer is CustomTrainer) {
        throw TrainingFault.fixed(name, trainer: self.name, kind: trainer.typeName)
      }
      return false
    }
    let before = trainer.settings
    do {
      for change in changes { try trainer.set(change.name, to: change.value) }
    } catch {
      for setting in before { try trainer.set(setting.name, to: setting.value) }
      throw error
    }
    if ["loss", "smoothing", "recon", "sigma", "free_bits", "k"].contains(name) {
      call.noteUnusedSettings(of: trainer)
    }
    if name == "recon" { call.noteLastLayer(of: trainer) }
    return true
  }

  /// Options of constructors that nets are made by.
  private static let fixedOptions: Set<String> = ["cond", "arch", "z", "hidden", "spectral", "minibatch", "width"]

  // MARK: As a scope

  /// With a trainer, everything random is drawn from its own streams, as in its steps.
  public func entered(_ call: Call) throws -> Bool {
    let streams = trainer.state.streams
    let state = call.state
    outer.append(state.swapStreams(noise: streams.noise, dropout: streams.dropout))
    return true
  }

  /// The session's streams are put back.
  public func left(_ call: Call) {
    guard let before = outer.popLast() else { return }
    _ = call.state.swapStreams(noise: before.noise, dropout: before.dropout)
  }

  // MARK: Life

  /// A trainer without a name of its own takes the first variable it is bound to.
  public func assigned(to name: String) {
    if trainer.state.name == nil || isNameBorrowed { trainer.state.name = name }
    isNameBorrowed = false
  }

  /// The object, whose name came from a file, until it is bound to a variable.
  func takingItsName() -> TrainerObject {
    isNameBorrowed = true
    return self
  }

  /// Whether both are the same training.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? TrainerObject)?.trainer === trainer
  }
}

extension Value {
  /// A setting as a value of the language.
  init(_ setting: SettingValue) {
    self =
      switch setting {
      case .number(let number): .float(number)
      case .count(let count): .int(count)
      case .text(let text): .string(text)
      case .flag(let flag): .bool(flag)
      case .none: .nothing
      }
  }
}

extension SettingValue {
  /// A value of the language as a setting; nil for what no setting holds.
  init?(_ value: Value) {
    switch value {
    case .nothing: self = .none
    case .bool(let flag): self = .flag(flag)
    case .int(let count): self = .count(count)
    case .float(let number): self = .number(number)
    case .string(let text): self = .text(text)
    default: return nil
    }
  }
}
