// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Generative

@Suite struct GradientThresholdTests {
  @Test("A threshold that is changed changes what is flagged, and only that")
  func flags() throws {
    let gan = try tinyGAN()
    try gan.takeStep()
    let usual = try gan.gradients().rows
    var thresholds = GradientThresholds()
    #expect(thresholds.set(.exploding, to: 1e29) && thresholds.set(.large, to: 1e29))
    #expect(thresholds.set(.vanishing, to: 1e28))
    let changed = try gan.gradients(thresholds).rows
    #expect(changed.allSatisfy { $0.norm == nil || $0.weightNorm == 0 || $0.flags.contains(.vanishing) })
    #expect(usual.contains { !$0.flags.contains(.vanishing) })
    #expect(zip(usual, changed).allSatisfy { $0.norm == $1.norm && $0.histogram == $1.histogram })
    var dead = GradientThresholds()
    #expect(dead.set(.dead, to: 1))
    #expect(try gan.gradients(dead).rows.allSatisfy { !$0.flags.contains(.dead) })
  }

  @Test("Values that make no sense are refused and leave everything as it was")
  func refused() {
    var thresholds = GradientThresholds()
    for name in GradientThresholds.Name.allCases {
      for value in [-1, .nan, .infinity, -.infinity, 2e30] { #expect(!thresholds.set(name, to: value)) }
    }
    #expect(!thresholds.set(.dead, to: 1.01) && !thresholds.set(.besideNext, to: 2))
    #expect(!thresholds.set(.large, to: 101) && !thresholds.set(.exploding, to: 0.5))
    #expect(thresholds == GradientThresholds())
    #expect(thresholds.set(.large, to: 100) && thresholds[.large] == 100)
  }
}
