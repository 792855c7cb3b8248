// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Tensors
import TestSupport
import Testing

@testable import Generative

/// Every adversarial loss against what PyTorch computes, with its gradients.
@Suite struct AdversarialValueTests {
  private struct Recording: Decodable {
    let real, fake: [Float]
    let losses: [Loss]
  }

  private struct Loss: Decodable {
    let name: String
    let errD, errG: Double
    let errD_by_real, errD_by_fake, errG_by_fake: [Float]
  }

  @Test("Losses and their slopes are PyTorch's", arguments: AdversarialLoss.allCases)
  func matchesPyTorch(_ loss: AdversarialLoss) throws {
    let recording = try JSONDecoder().decode(Recording.self, from: Data(fixture("Fixtures/adversarial.json")))
    let expected = try #require(recording.losses.first { $0.name == loss.rawValue })
    let real = try Tensor(recording.real, shape: [17, 1]).requiringGradient()
    let fake = try Tensor(recording.fake, shape: [17, 1]).requiringGradient()

    let terms = try loss.discriminator(real: .logits(real), fake: .logits(fake))
    let errD = try terms.real + terms.fake
    #expect(try abs(errD.item() - expected.errD) <= 1e-5 * max(1, abs(expected.errD)))
    let ofD = try gradient(of: errD, withRespectTo: [real, fake])
    expectClose(ofD[0], expected.errD_by_real)
    expectClose(ofD[1], expected.errD_by_fake)

    let errG = try loss.generator(fake: .logits(fake))
    #expect(try abs(errG.item() - expected.errG) <= 1e-5 * max(1, abs(expected.errG)))
    expectClose(try gradient(of: errG, withRespectTo: [fake])[0], expected.errG_by_fake)
  }

  private func expectClose(_ found: Tensor, _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation) {
    let values = found.scalars()
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (a, b) in zip(values, expected) { #expect(abs(a - b) <= 1e-6, sourceLocation: sourceLocation) }
  }
}
