// SPDX-License-Identifier: Apache-2.0

/// The shares of classes most likely behind what a fallible judge says of some examples.
///
/// A judge that takes every tenth coat for a shirt finds shirts where there are none. How often it takes which class for
/// which is known from the test images, so the shares π under which its answers are most likely can be found:
///
///     answers p of n:   c[p] ~ n Σ_t π[t] M[t][p],      M[t][p] = share of class t that is taken for p
///
/// by expectation maximization, which never leaves shares below zero as inverting M would.
struct LikelyShares {
  /// How often the judge takes class t for class p; rows sum to 1.
  private let mistakes: [[Double]]
  /// π, which sums to 1.
  let shares: [Double]
  private let total: Double

  private static let rounds = 500

  /// - Parameters:
  ///   - counts: How many examples were taken for each class; one at least.
  ///   - confusion: How many test examples of each class (row) were taken for each class (column).
  init(counts: [Int], confusion: [[Int]]) {
    let mistakes = confusion.enumerated().map { label, row in
      let all = row.reduce(0, +)
      // A class without test examples is taken to be named rightly.
      return row.indices.map { all > 0 ? Double(row[$0]) / Double(all) : ($0 == label ? 1 : 0) }
    }
    let total = Double(counts.reduce(0, +))
    var shares = [Double](repeating: 1 / Double(max(counts.count, 1)), count: counts.count)
    for _ in 0..<Self.rounds { shares = Self.improved(shares, counts, mistakes) }
    self.mistakes = mistakes
    self.total = total
    self.shares = shares
  }

  private static func improved(_ shares: [Double], _ counts: [Int], _ mistakes: [[Double]]) -> [Double] {
    var next = [Double](repeating: 0, count: shares.count)
    for (taken, count) in counts.enumerated() where count > 0 {
      let expected = shares.indices.reduce(0) { $0 + shares[$1] * mistakes[$1][taken] }
      guard expected > 0 else { continue }
      for label in shares.indices { next[label] += Double(count) * shares[label] * mistakes[label][taken] / expected }
    }
    let sum = next.reduce(0, +)
    return sum > 0 ? next.map { $0 / sum } : shares
  }

  /// How many examples of the other classes are taken for `label`, on average.
  func mistaken(for label: Int) -> Double {
    total * shares.indices.reduce(0) { $0 + ($1 == label ? 0 : shares[$1] * mistakes[$1][label]) }
  }

  /// The share of a class that is named rightly.
  func rightly(_ label: Int) -> Double { mistakes[label][label] }
}
