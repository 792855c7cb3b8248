// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Generative

@Suite struct GradientThresholdTests {
  /// The usual thresholds with some changed in order, and whether each change was allowed.
  private func thresholds(
    _ changes: [(GradientThresholds.Name, Double)]
  ) -> (made: GradientThresholds, allowed: [Bool]) {
    var made = GradientThresholds()
    let allowed = changes.map { made.set($0.0, to: $0.1) }
    return (made, allowed)
  }

  @Test("A threshold that is changed changes what is flagged, and only that")
  func flags() throws {
    let gan = try tinyGAN()
    try gan.takeStep()
    let usual = try gan.gradients().rows
    let (wide, allowed) = thresholds([(.exploding, 1e29), (.large, 1e29), (.vanishing, 1e28)])
    #expect(allowed == [true, true, true])
    let changed = try gan.gradients(wide).rows
    #expect(changed.allSatisfy { $0.norm == nil || $0.weightNorm == 0 || $0.flags.contains(.vanishing) })
    #expect(usual.contains { !$0.flags.contains(.vanishing) })
    #expect(zip(usual, changed).allSatisfy { $0.norm == $1.norm && $0.histogram == $1.histogram })
    let (dead, _) = thresholds([(.dead, 1)])
    #expect(try gan.gradients(dead).rows.allSatisfy { !$0.flags.contains(.dead) })
  }

  @Test(
    "Values that make no sense are refused and leave everything as it was", arguments: GradientThresholds.Name.allCases)
  func refused(name: GradientThresholds.Name) {
    let (made, allowed) = thresholds([-1, .nan, .infinity, -.infinity, 2e30].map { (name, $0) })
    #expect(!allowed.contains(true) && made == GradientThresholds())
  }

  @Test("Shares end at 1, and what is exploding stays large")
  func order() {
    let (made, allowed) = thresholds([(.dead, 1.01), (.besideNext, 2), (.large, 101), (.exploding, 0.5), (.large, 100)])
    #expect(allowed == [false, false, false, false, true] && made[.large] == 100)
  }
}
