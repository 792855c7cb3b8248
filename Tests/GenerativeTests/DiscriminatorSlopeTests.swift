// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

@testable import Generative

@Suite struct DiscriminatorSlopeTests {
  /// A GAN whose discriminator is `layers` behind a flattened image.
  private func gan(_ layers: [any Layer], _ loss: AdversarialLoss = .nonsaturating) throws -> GANTrainer {
    try tinyGAN {
      $0.discriminator = Sequential([Flatten()] + layers)
      $0.loss = loss
    }
  }

  @Test("A linear discriminator has the length of its weight as its slope, and falls by as much in every tenth")
  func linear() throws {
    let layer = try Linear(784, 1, random: RandomStream(seed: 1, stream: 1))
    let found = try gan([layer, ActivationLayer(.sigmoid)]).slope(lines: 8, places: 21)
    let norm = layer.weight.value.scalars().reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(found.places.count == 21 && found.lines == 8 && found.isLogit)
    for place in found.places { #expect(abs(place.slope - norm) < 1e-5 && place.slopeSpread < 1e-5) }
    #expect(abs(abs(found.places[0].score - found.places[2].score) * 10 - abs(found.fall)) < 1e-4)
    #expect(abs(found.push - Self.mean(of: found)) < 0.1)
  }

  /// 1 − σ(s) at the mean score of generated images: what the non-saturating game hands on.
  private static func mean(of found: DiscriminatorSlope) -> Double {
    1 - 1 / (1 + scalarExp(-(found.places.last?.score ?? 0)))
  }

  @Test("A discriminator that always says the same is flat; one that wins leaves the minimax game no gradient")
  func shapes() throws {
    let constant = try Linear(784, 1, random: RandomStream(seed: 1, stream: 1))
    try constant.weight.set(.zeros([1, 784]))
    #expect(try gan([constant]).slope(lines: 8).shape == .flat)
    let winning = try gan([try Linear(784, 1, random: RandomStream(seed: 1, stream: 1))], .minimax)
    // Real digits are dark nearly everywhere (−1), those of a fresh generator grey (0).
    let layer = try #require(winning.discriminator.allParameters.first)
    try layer.set(.full([1, 784], -0.05))
    try winning.discriminator.allParameters.last?.set(.full([1], -20))
    let found = try winning.slope(lines: 8)
    #expect(found.fall > 10 && found.shape == .saturated && found.push < 0.01, "\(found.fall) \(found.push)")
    winning.loss = .nonsaturating
    #expect(try winning.slope(lines: 8).shape == .even)
  }

  @Test("Most of the fall in a tenth of the way is a step")
  func step() throws {
    let first = try Linear(784, 1, random: RandomStream(seed: 1, stream: 1))
    try first.weight.set(.full([1, 784], -0.2))
    let last = try Linear(1, 1, random: RandomStream(seed: 1, stream: 2))
    try last.weight.set(.full([1, 1], 2))
    let found = try gan([first, ActivationLayer(.tanh), last]).slope(lines: 8)
    #expect(found.shape == .step, "\(found.fall) \(found.steepestTenth) \(found.steepest)")
  }

  @Test(
    "Looking at the slope changes no training, conditional or not",
    arguments: [nil, Conditioning.concatenation, .projection, .auxiliary])
  func changesNothing(conditioning: Conditioning?) throws {
    func run(looking: Bool) throws -> UInt64 {
      let gan = try tinyGAN { $0.conditioning = conditioning }
      try gan.run(2)
      if looking {
        let before = gan.discriminator.allParameters.map { $0.gradient?.scalars() }
        #expect(try gan.slope(lines: 8, places: 5).places.allSatisfy { $0.slope.isFinite && $0.slope > 0 })
        #expect(gan.discriminator.allParameters.map { $0.gradient?.scalars() } == before)
      }
      try gan.run(2)
      return gan.weightsFingerprint
    }
    #expect(try run(looking: true) == run(looking: false))
  }

  @Test(
    "Numbers out of range and a wish to stop are errors",
    arguments: [(1, 41), (5000, 41), (8, 2), (8, 500), (Int.min, 3)])
  func wrong(lines: Int, places: Int) throws {
    let gan = try tinyGAN()
    #expect(throws: TrainerError.self) { try gan.slope(lines: lines, places: places) }
    gan.state.shouldStop = { true }
    #expect(throws: TrainerError.self) { try gan.slope() }
  }
}
