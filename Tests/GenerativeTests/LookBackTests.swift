// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors
import Testing

@testable import Generative

@Suite struct LookBackTests {
  /// The samples of a trainer as numbers.
  private func samples(_ trainer: any Trainer) throws(TrainerError) -> [Float] {
    guard let sampler = trainer as? any Sampler else { return [] }
    return try sampler.samples(4).scalars()
  }

  @Test(
    "What is seen at earlier steps is what was there, bit for bit, and the training goes on as if nobody had looked")
  func exact() throws {
    for make: () throws -> any Sampler in [
      { try tinyGAN() }, { try tinyGAN { $0.averageDecay = 0.9 } }, { try tinyGAN { $0.conditioning = .projection } },
      { try tinyVAE() },
    ] {
      let (looked, alone) = (try make(), try make())
      var seen: [[Float]] = [try samples(alone)]
      for _ in 0..<3 {
        try alone.run(2)
        seen.append(try samples(alone))
        try looked.run(2)
      }
      try alone.run(3)
      let (found, cost) = try looked.lookBack(
        at: [0, 2, 4, 6], shouldStop: { false }, passes: { _ in }, samples)
      #expect(found == seen, "\(looked.typeName)")
      #expect(cost.steps <= 4)
      try looked.run(3)
      #expect(looked.weightsFingerprint == alone.weightsFingerprint)
      #expect(looked.state.history.steps == alone.state.history.steps)
    }
  }

  @Test("A change of a setting and weights set by hand are gone back over")
  func changes() throws {
    let gan = try tinyGAN()
    try gan.run(2)
    try gan.set("lr", to: .number(1e-5))
    try gan.run(2)
    let weight = try #require(gan.generator.allParameters.first)
    try weight.set(try weight.value.detached() * 0.5)
    try gan.run(1)
    let last = try samples(gan)
    let (found, _) = try gan.lookBack(at: [0, 3, 5], shouldStop: { false }, passes: { _ in }, samples)
    #expect(found.count == 3 && found.last == last && found[0] != found[1])
  }

  @Test("It stops when asked to, and nothing has changed")
  func stops() throws {
    let gan = try tinyGAN()
    try gan.run(6)
    let before = gan.weightsFingerprint
    var asked = 0
    #expect(throws: TrainerError.self) {
      try gan.lookBack(
        at: [0, 3, 6],
        shouldStop: {
          asked += 1
          return asked > 3
        }, passes: { _ in }, samples)
    }
    #expect(gan.state.step == 6 && gan.weightsFingerprint == before)
  }

  @Test("Milestones lie at about equal distances, both ends included, each once")
  func milestones() throws {
    let gan = try tinyGAN()
    #expect(gan.milestones(8) == [0])
    try gan.run(3)
    #expect(gan.milestones(8) == [0, 1, 2, 3])
    #expect(gan.milestones(2) == [0, 3])
    try gan.run(7)
    #expect(gan.milestones(3) == [0, 5, 10])
    #expect(gan.milestones(Int.min) == [10] && gan.milestones(Int.max).count == 11)
  }
}
