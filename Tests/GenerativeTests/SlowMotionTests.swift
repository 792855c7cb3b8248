// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import Generative

@Suite struct SlowMotionTests {
  @Test("A slow step is the same step, to the bit", arguments: 0..<7)
  func same(kind: Int) throws {
    let (fast, slow) = (try everyTrainer()[kind], try everyTrainer()[kind])
    for _ in 0..<4 {
      var phases = 0
      #expect(try slow.takeSlowStep { _ in phases += 1 } == fast.takeStep())
      #expect(phases >= 5)
    }
    #expect(slow.weightsFingerprint == fast.weightsFingerprint)
  }

  @Test("The phases of a GAN's step, in order, with their figures")
  func gan() throws {
    let gan = try tinyGAN()
    try gan.run(3)
    var phases: [StepPhase] = []
    let report = try gan.takeSlowStep { phases.append($0) }
    #expect(
      phases.map { "\($0.part) \($0.kind)" } == [
        "D sample", "D classify", "D loss", "D gradients", "D update", "G sample", "G classify", "G loss",
        "G gradients", "G update",
      ])
    #expect(phases[0].values.map(\.shape) == [[8, 1, 28, 28], [8, 1, 28, 28]])
    #expect(phases[2]["errD"] == report["errD"])
    expectNear(phases[2]["real"].map { $0 + (phases[2]["fake"] ?? 0) }, report["errD"] ?? 0)
    #expect((phases[3].figures.map(\.name)) == ["‖g‖ D.1.weight", "‖g‖ D.3.weight"])
    // A small step down its own gradient lowers the loss on the same batch.
    for update in [phases[4], phases[9]] {
      let (before, after) = (try #require(update["loss"]), try #require(update["loss after"]))
      #expect(after < before)
      #expect(try #require(update["‖Δw‖"]) > 0)
    }
    #expect(phases[0].examples?.shape == [8, 1, 28, 28])
  }

  @Test("The phases of a VAE's step, in order")
  func vae() throws {
    let vae = try tinyVAE()
    var kinds: [String] = []
    let report = try vae.takeSlowStep { phase in
      kinds.append("\(phase.part) \(phase.kind)")
      if phase.kind == .loss { kinds.append("\(phase["kl"] ?? 0)") }
    }
    #expect(
      kinds == [
        "E sample", "E encode", "D decode", "E loss", "\(report["kl"] ?? -1)", "E gradients", "E update",
      ])
  }
}
