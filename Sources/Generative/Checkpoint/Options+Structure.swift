// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers

// What a trainer must be told to be made again: the options that are neither settings nor parts.

extension Trainer {
  /// The options that stay as they are for a trainer's life.
  var structure: [NamedSetting] {
    switch self {
    case let gan as GANTrainer: gan.options.structure
    case let vae as VAETrainer: vae.options.structure
    case let classifier as ClassifierTrainer: classifier.options.structure
    case let bottleneck as BottleneckTrainer: bottleneck.options.structure
    case let enlarger as SuperResolutionTrainer: enlarger.options.structure
    default: []
    }
  }
}

extension GANOptions {
  var structure: [NamedSetting] {
    [
      NamedSetting("z", .count(latent)), NamedSetting("arch", .text(architecture.rawValue)),
      NamedSetting("cond", conditioning.map { .text($0.rawValue) } ?? .none),
      NamedSetting("ema", averageDecay.map(SettingValue.number) ?? .none),
      NamedSetting("diffaug", .text(augmentation.map(\.code).joined(separator: ","))),
    ]
  }

  init(structure: [String: SettingValue], header: CheckpointHeader, parts: [String: any Layer]) {
    self.init()
    latent = structure.count("z") ?? latent
    architecture = structure.text("arch").flatMap(GANArchitecture.init) ?? architecture
    conditioning = structure.text("cond").flatMap(Conditioning.init)
    averageDecay = structure.number("ema")
    augmentation = (structure.text("diffaug") ?? "").split(separator: ",").compactMap {
      DifferentiableAugmentation(code: String($0))
    }
    batch = header.batch ?? batch
    seed = header.seed
    generator = parts["G"]
    discriminator = parts["D"]
  }
}

extension VAEOptions {
  var structure: [NamedSetting] {
    [
      NamedSetting("z", .count(latent)), NamedSetting("hidden", .count(hidden)),
      NamedSetting("recon", .text(reconstruction.rawValue)), NamedSetting("arch", .text(architecture.rawValue)),
      NamedSetting("cond", .flag(isConditional)),
      NamedSetting("sigma", deviation.map(SettingValue.number) ?? .none),
    ]
  }

  init(structure: [String: SettingValue], header: CheckpointHeader, parts: [String: any Layer]) {
    self.init()
    latent = structure.count("z") ?? latent
    hidden = structure.count("hidden") ?? hidden
    reconstruction = structure.text("recon").flatMap(Reconstruction.init) ?? reconstruction
    architecture = structure.text("arch").flatMap(VAEArchitecture.init) ?? architecture
    isConditional = structure["cond"] == .flag(true)
    deviation = structure.number("sigma")
    batch = header.batch ?? batch
    seed = header.seed
    encoder = parts["E"]
    decoder = parts["D"]
  }
}

extension ClassifierOptions {
  var structure: [NamedSetting] {
    [
      NamedSetting("decay", .number(weightDecay)),
      NamedSetting("augment", augmentation.map { .text($0.code) } ?? .none),
    ]
  }

  init(
    structure: [String: SettingValue], header: CheckpointHeader, parts: [String: any Layer]
  ) throws(DatasetError) {
    self.init()
    weightDecay = structure.number("decay") ?? 0
    if let code = structure.text("augment") { augmentation = try Augmentation(code: code) }
    batch = header.batch ?? batch
    seed = header.seed
    net = parts["net"]
  }
}

extension BottleneckOptions {
  var structure: [NamedSetting] { [NamedSetting("z", .count(latent)), NamedSetting("hidden", .count(hidden))] }

  init(structure: [String: SettingValue], header: CheckpointHeader, parts: [String: any Layer]) {
    self.init()
    latent = structure.count("z") ?? latent
    hidden = structure.count("hidden") ?? hidden
    batch = header.batch ?? batch
    seed = header.seed
    encoder = parts["E"]
    decoder = parts["D"]
  }
}

extension SuperResolutionOptions {
  var structure: [NamedSetting] { [NamedSetting("loss", .text(loss.rawValue))] }

  init(structure: [String: SettingValue], header: CheckpointHeader, parts: [String: any Layer]) {
    self.init()
    loss = structure.text("loss").flatMap { AdversarialLoss(rawValue: $0) } ?? loss
    batch = header.batch ?? batch
    seed = header.seed
    generator = parts["G"]
    discriminator = parts["D"]
  }
}

extension [String: SettingValue] {
  fileprivate func count(_ name: String) -> Int? {
    if case .count(let count) = self[name] { count } else { nil }
  }

  fileprivate func number(_ name: String) -> Double? {
    if case .number(let number) = self[name] { number } else { nil }
  }

  fileprivate func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { text } else { nil }
  }
}
