// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import QualityMetrics

/// Standard errors, held against the spread of the figure over many draws.
@Suite struct EstimateTests {
  /// The spread of a figure over draws, and the mean of the errors that it told.
  private func spread(_ estimates: [Estimate]) -> (found: Double, told: Double) {
    let count = Double(estimates.count)
    let mean = estimates.reduce(0) { $0 + $1.value } / count
    let squares = estimates.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
    return ((squares / (count - 1)).squareRoot(), estimates.reduce(0) { $0 + $1.standardError } / count)
  }

  private func numbers(_ draw: Int, _ count: Int) throws -> [Double] {
    try vectors(count, 1, seed: UInt64(draw + 1)).values.map(Double.init)
  }

  @Test("Means, medians and shares tell about as much error as they have")
  func simple() throws {
    let draws = try (0..<200).map { try numbers($0, 100) }
    for estimates in [
      draws.map { Estimate(meanOf: $0) }, draws.map { Estimate(medianOf: $0) },
      draws.map { Estimate(share: $0.count { $0 > 0.5 }, of: $0.count) },
    ] {
      let (found, told) = spread(estimates)
      #expect(abs(told / found - 1) < 0.25, "told \(told), found \(found)")
    }
  }

  @Test("A share of none or of all is not told as certain")
  func extremeShares() {
    for hits in [0, 50] {
      let estimate = Estimate(share: hits, of: 50)
      #expect(estimate.value == Double(hits) / 50)
      #expect(estimate.standardError > 0.005 && estimate.standardError < 0.02)
    }
    #expect(Estimate(medianOf: []).value.isNaN)
    #expect(Estimate(meanOf: [3]) == Estimate(3, standardError: 0))
  }

  @Test("The Fréchet distance's error is that of its spread over draws")
  func frechet() throws {
    var estimates: [Estimate] = []
    for draw in 0..<24 {
      let first = try vectors(300, 4, seed: UInt64(2 * draw + 1))
      let second = try vectors(300, 4, seed: UInt64(2 * draw + 2), shift: 1)
      estimates.append(try frechetEstimate(first, second))
    }
    let (found, told) = spread(estimates)
    #expect(told > 0.6 * found && told < 1.7 * found, "told \(told), found \(found)")
    let (a, b) = (try vectors(300, 4, seed: 1), try vectors(300, 4, seed: 2, shift: 1))
    #expect(try frechetEstimate(a, b).value == frechetDistance(a, b))
  }

  @Test("The divergence of classes and the density tell errors that shrink as samples grow")
  func growing() throws {
    let few = try ClassBalance(counts: [30, 50, 20], realCounts: [40, 40, 20]).divergenceEstimate
    let many = try ClassBalance(counts: [3000, 5000, 2000], realCounts: [40, 40, 20]).divergenceEstimate
    #expect(abs(few.value - many.value) < 1e-12)
    #expect(abs(few.standardError / many.standardError - 10) < 0.2)
    let (a, b) = (try vectors(100, 8, seed: 1), try vectors(400, 8, seed: 1))
    let (real, more) = (try vectors(100, 8, seed: 2), try vectors(400, 8, seed: 2))
    let small = try precisionAndRecall(generated: a, real: real)
    let large = try precisionAndRecall(generated: b, real: more)
    #expect(small.densityError > large.densityError && large.densityError > 0)
    #expect(small.estimates.precision.standardError > 0)
  }
}
