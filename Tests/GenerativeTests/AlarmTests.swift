// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

@testable import Generative

/// Each alarm of training fires where its fault is provoked, and healthy training is left in peace.
@Suite struct AlarmTests {
  private func names(_ trainer: some Trainer) throws -> [String] { try trainer.alarms().map(\.name) }

  @Test("A generator that never moves loses to D, and only then")
  func discriminatorWins() throws {
    let gan = try tinyGAN {
      $0.generatorRate = 0
      $0.discriminatorRate = 5e-3
    }
    try gan.run(120)
    #expect(try names(gan).first == "D too strong")
  }

  @Test("Sigmoids upon sigmoids let no gradient through to the first layer")
  func vanishing() throws {
    let random = RandomStream(seed: 1)
    var layers: [any Layer] = [Flatten(), try Linear(784, 8, random: random)]
    for _ in 0..<8 {
      layers += [ActivationLayer(.sigmoid), try Linear(8, 8, random: random)] as [any Layer]
    }
    layers += [try Linear(8, 1, random: random), ActivationLayer(.sigmoid)] as [any Layer]
    let gan = try tinyGAN { $0.discriminator = Sequential(layers) }
    try gan.run(20)
    #expect(try gan.alarms().contains(.vanishingGradients(net: "D")))
  }

  @Test("A score blown up a million times explodes")
  func exploding() throws {
    let gan = try tinyGAN { $0.loss = .leastSquares }
    try gan.run(20)
    #expect(try names(gan).isEmpty)
    let weights = try #require(gan.discriminator.namedParameters.last { $0.parameter.value.rank == 2 }).parameter
    try weights.set(try weights.value.detached() * 1e4)
    try gan.run(1, only: "D")
    #expect(try names(gan).contains("exploding gradients"))
  }

  @Test("β = 50 leaves the code without meaning; β = 1 does not")
  func posteriorCollapse() throws {
    let vae = try tinyVAE {
      $0.latent = 16
      $0.beta = 50
    }
    try vae.run(150)
    let alarms = try vae.alarms()
    #expect(alarms.contains { $0.name == "posterior collapse" })
    let report = try vae.evaluate(tinyDigits())
    #expect(report.activeUnits < 3)
    #expect(abs(report.unitDivergences.reduce(0, +) - report.divergence) < 1e-9 * max(report.divergence, 1))
    let sound = try tinyVAE { $0.latent = 16 }
    try sound.run(150)
    #expect(try names(sound).isEmpty, "a sum over a batch is not an explosion")
  }

  @Test("The first steps raise no alarm")
  func young() throws {
    let gan = try tinyGAN { $0.generatorRate = 0 }
    try gan.run(10)
    #expect(try gan.alarms().isEmpty)
  }
}
