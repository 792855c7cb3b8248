// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import TestSupport
import Testing

@testable import Tensors

@Suite struct FirstStepsTests {
  private struct Recorded: Decodable {
    let losses: [String: [Double]]
  }

  @Test(arguments: ["gan-mlp", "gan-mlp-bn", "vae-mlp", "vae-mlp-128", "dcgan", "vae-conv", "cnn"])
  func theLossesAreThoseOfPyTorch(_ workload: String) throws {
    let recorded = try JSONDecoder().decode(Recorded.self, from: Data(fixture("Fixtures/first_steps.json")))
    let expected = try #require(recorded.losses[workload])
    let found: [Double] =
      switch workload {
      case "gan-mlp": try FirstSteps.ganMLP()
      case "gan-mlp-bn": try FirstSteps.ganMLPWithNorms()
      case "vae-mlp": try FirstSteps.vaeMLP(seed: 2, batch: 64)
      case "vae-mlp-128": try FirstSteps.vaeMLP(seed: 6, batch: 128)
      case "vae-conv": try FirstSteps.vaeConvolutional()
      case "dcgan": try FirstSteps.dcgan()
      default: try FirstSteps.cnn()
      }
    #expect(found.count == expected.count)
    for (step, (a, b)) in zip(found, expected).enumerated() {
      #expect(abs(a - b) <= 1e-5 * abs(b), "loss \(step): \(a), PyTorch \(b)")
    }
  }
}
