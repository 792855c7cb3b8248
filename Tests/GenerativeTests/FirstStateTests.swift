// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors
import Testing

@testable import Generative

/// What `reset` goes back to, and which data a trainer takes.
@Suite struct FirstStateTests {
  @Test(
    "Reset goes back to the weights it was made with, not to those set by hand before the first step", arguments: 0..<7)
  func madeWeights(kind: Int) throws {
    let (trainer, other) = (try everyTrainer()[kind], try everyTrainer()[kind])
    let made = trainer.weightsFingerprint
    let parameter = trainer.nets[0].net.allParameters[0]
    let value = parameter.value.detached()
    try parameter.set(value * 0 + 0.01)
    let set = trainer.weightsFingerprint
    try trainer.run(3)
    try trainer.undo()
    #expect(trainer.weightsFingerprint == set)
    #expect(trainer.state.history.notes.map(\.text) == ["weights changed by hand"])
    try trainer.run(2)
    try trainer.reset()
    #expect(trainer.weightsFingerprint == made)
    #expect(try trainer.run(3) == other.run(3))
    #expect(trainer.weightsFingerprint == other.weightsFingerprint)
  }

  @Test("Reset before any step undoes a NaN set by hand")
  func nan() throws {
    let gan = try tinyGAN()
    let made = gan.weightsFingerprint
    let parameter = gan.generator.allParameters[0]
    try parameter.set(.full(parameter.value.shape, .nan))
    #expect(gan.isFirstStateFinite)
    try gan.reset()
    #expect(gan.weightsFingerprint == made)
    try gan.undo()
    #expect(gan.weightsFingerprint != made)
  }

  @Test("Data that the constructor refuses are refused later too, and nothing changes")
  func data() throws {
    let vae = try tinyVAE { $0.reconstruction = .crossEntropy }
    let unit = try #require(vae.state.loader?.data)
    #expect(throws: TrainerError.self) { try vae.replaceData(tinyDigits()) }
    #expect(vae.state.loader?.data.valueRange == unit.valueRange)
    try vae.run(1)
    try vae.set("recon", to: .text("mse"))
    try vae.replaceData(tinyDigits())
    try vae.run(1)
    try vae.goTo(step: 1)
    #expect(vae.reconstruction == .crossEntropy)
    try vae.goTo(step: 2)
    #expect(vae.reconstruction == .squaredError)
  }

  @Test("Labels beyond the classes are refused with the classes")
  func labels() throws {
    let digits = try tinyDigits()
    let x = try digits.batch([0, 1]).x
    let far = try Dataset(x: x, y: Tensor([Int64(3), 24], shape: [2]))
    let conditional = try tinyGAN { $0.conditioning = .concatenation }
    for trainer in [try tinyClassifier(), try tinyBottleneck(), conditional] as [any Trainer] {
      do {
        try trainer.replaceData(far)
        Issue.record("\(trainer.typeName) took label 24")
      } catch {
        guard case .labels(24, let classes) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(classes.count == 10)
      }
    }
    try tinyGAN().replaceData(far)
  }
}
