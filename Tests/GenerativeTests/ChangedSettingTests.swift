// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Layers
import Testing

@testable import Generative

/// Settings that say what is computed, changed between two steps.
@Suite struct ChangedSettingTests {
  /// What is changed after four steps of which trainer.
  static var cases: [(make: () throws -> any Trainer, name: String, value: SettingValue)] {
    [
      ({ try tinyGAN() }, "ema", .number(0.9)), ({ try tinyGAN { $0.averageDecay = 0.9 } }, "ema", .number(0.5)),
      ({ try tinyGAN { $0.averageDecay = 0.9 } }, "ema", .none), ({ try tinyGAN() }, "diffaug", .text("cutout")),
      ({ try tinyGAN { $0.augmentation = [.cutout(size: 4)] } }, "diffaug", .none),
      ({ try tinyVAE() }, "recon", .text("gaussian")), ({ try tinyVAE() }, "k", .count(3)),
      ({ try tinyVAE { $0.reconstruction = .gaussian } }, "sigma", .number(0.3)),
      ({ try tinyVAE { $0.reconstruction = .crossEntropy } }, "recon", .text("mse")),
      ({ try tinyClassifier() }, "augment", .text("rotate:10.0")),
      ({ try tinyGAN() }, "opt_D.max_norm", .number(0.2)), ({ try tinyVAE() }, "opt.max_norm", .number(3)),
    ]
  }

  @Test("The change counts from the next step, stands in the history, and is replayed to the bit", arguments: 0..<12)
  func replayed(index: Int) throws {
    let (make, name, value) = Self.cases[index]
    let (changed, plain) = (try make(), try make())
    try changed.run(4)
    try changed.set(name, to: value)
    let later = try changed.run(6)
    let end = state(of: changed)
    try plain.run(10)
    #expect(state(of: plain) != end, "The change changes something.")
    #expect(changed.state.history.notes.map(\.step) == [4])
    #expect(changed.state.history.notes[0].text.hasPrefix(name))
    try changed.goTo(step: 3)
    #expect(changed.settings == plain.settings)
    try changed.goTo(step: 10)
    #expect(state(of: changed) == end)
    try changed.goTo(step: 4)
    try changed.set(name, to: value)
    #expect(try changed.run(6) == later)
    #expect(state(of: changed) == end)
  }

  @Test("It is saved, and kept by a fork", arguments: 0..<12)
  func saved(index: Int) throws {
    let (make, name, value) = Self.cases[index]
    let trainer = try make()
    try trainer.run(2)
    try trainer.set(name, to: value)
    try trainer.run(2)
    let fork = try trainer.fork()
    let file = FileManager.default.temporaryDirectory.path + "easel-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try trainer.save(to: file)
    let loaded = try Checkpoint(contentsOf: file).trainer(on: trainer.state.timeline.data[0])
    #expect(loaded.settings == trainer.settings)
    for other in [fork, loaded, trainer] { try other.run(3) }
    #expect(state(of: loaded) == state(of: trainer))
    #expect(state(of: fork) == state(of: trainer))
  }

  @Test("Gradients are cut to the length that was set, and shown as they were used")
  func bounded() throws {
    let gan = try tinyGAN()
    try gan.set("opt_D.max_norm", to: .number(0.25))
    try gan.run(3)
    #expect(abs(try gan.gradients().norm(of: "D") - 0.25) < 1e-4)
    #expect(try gan.gradients().norm(of: "G") != 0.25)
    #expect(throws: TrainerError.self) { try gan.set("opt_D.max_norm", to: .number(0)) }
  }

  /// Weights, and the averages where some are kept.
  private func state(of trainer: any Trainer) -> [UInt64] {
    [trainer.weightsFingerprint] + trainer.averages.flatMap { $0.average.averages.map { fingerprint(of: $0) } }
  }
}
