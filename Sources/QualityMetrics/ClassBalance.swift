// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Which classes samples fall into, beside those of real data.
public struct ClassBalance: Sendable, Hashable {
  /// How many samples were taken for each class.
  public let counts: [Int]
  /// The share of each class in the real data.
  public let realShares: [Double]
  /// How many real examples of each class (row) whoever counts takes for each class (column).
  public let confusion: [[Int]]

  /// The classes of samples, counted without a mistake, beside those of real data.
  ///
  /// - Throws: As `init(counts:confusion:)`.
  public init(counts: [Int], realCounts: [Int]) throws(MetricError) {
    let confusion = realCounts.indices.map { label in realCounts.indices.map { $0 == label ? realCounts[label] : 0 } }
    try self.init(counts: counts, confusion: confusion)
  }

  /// The classes of samples beside those of real data.
  ///
  /// - Parameters:
  ///   - counts: How many samples were taken for each class.
  ///   - confusion: How many real examples of each class (row) are taken for each class (column).
  /// - Throws: `MetricError.mismatch` if the classes differ in number, `MetricError.tooFew` without examples.
  public init(counts: [Int], confusion: [[Int]]) throws(MetricError) {
    guard counts.count == confusion.count, confusion.allSatisfy({ $0.count == counts.count }) else {
      throw .mismatch(measure: "class balance", left: [counts.count], right: [confusion.count])
    }
    let realCounts = confusion.map { $0.reduce(0, +) }
    let total = realCounts.reduce(0, +)
    guard total > 0, counts.contains(where: { $0 > 0 }) else {
      throw .tooFew(measure: "class balance", found: 0, needed: 1)
    }
    self.counts = counts
    self.confusion = confusion
    realShares = realCounts.map { Double($0) / Double(total) }
  }

  /// How many samples there are.
  public var total: Int { counts.reduce(0, +) }

  /// KL(generated ‖ real) in nats: 0 when the shares are equal.
  ///
  /// A class that the real data lack counts as if it had half an example in a million.
  public var divergence: Double {
    zip(counts, realShares).reduce(0) { sum, pair in
      let share = Double(pair.0) / Double(total)
      return share > 0 ? sum + share * log(share / max(pair.1, 5e-7)) : sum
    }
  }

  /// The divergence with its standard error: the spread of what single samples add to it.
  public var divergenceEstimate: Estimate {
    let each = zip(counts, realShares).flatMap { count, real -> [Double] in
      let share = Double(count) / Double(total)
      return Array(repeating: share > 0 ? log(share / max(real, 5e-7)) : 0, count: count)
    }
    return Estimate(divergence, standardError: Estimate(meanOf: each).standardError)
  }

  /// The classes that hold at least `share` of the samples.
  public func covered(atLeast share: Double = 0.01) -> [Int] {
    counts.indices.filter { Double(counts[$0]) >= share * Double(total) && counts[$0] > 0 }
  }

  /// How many classes hold at least one in a hundred samples.
  public var modes: Int { covered().count }

  /// The shares of classes most likely behind the counts, once the mistakes of whoever counted are allowed for.
  public var likelyShares: [Double] { likely.shares }

  /// How many classes hold at least one in a hundred samples, once mistakes are allowed for.
  public var likelyModes: Int { likelyShares.count { $0 >= 0.01 } }

  /// The share of the two most frequent classes, once mistakes are allowed for, and what the real data put there.
  public var topTwo: (share: Double, real: Double) {
    let shares = likelyShares
    let top = shares.indices.sorted { shares[$0] > shares[$1] }.prefix(2)
    return (top.reduce(0) { $0 + shares[$1] }, top.reduce(0) { $0 + realShares[$1] })
  }

  /// The classes of the real data that hold less than a tenth of what they should.
  ///
  /// A class is only called missing when enough of it was to be expected that chance cannot explain it, ten examples, and
  /// when those found are no more than what is mistaken for them and a tenth of what should be there; or two standard
  /// deviations of the mistaken, where these are more than the tenth.
  public var missing: [Int] {
    let likely = likely
    return counts.indices.filter { label in
      let expected = realShares[label] * Double(total)
      let mistaken = likely.mistaken(for: label)
      let few = max(0.1 * expected * likely.rightly(label), 2 * mistaken.squareRoot())
      return expected >= 10 && Double(counts[label]) < mistaken + few
    }
  }

  private var likely: LikelyShares { LikelyShares(counts: counts, confusion: confusion) }
}
