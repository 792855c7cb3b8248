// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Which classes samples fall into, beside those of real data.
public struct ClassBalance: Sendable, Hashable {
  /// How many samples were taken for each class.
  public let counts: [Int]
  /// The share of each class in the real data.
  public let realShares: [Double]

  /// The classes of samples beside those of real data.
  ///
  /// - Throws: `MetricError.mismatch` if the classes differ in number, `MetricError.tooFew` without examples.
  public init(counts: [Int], realCounts: [Int]) throws(MetricError) {
    guard counts.count == realCounts.count else {
      throw .mismatch(measure: "class balance", left: [counts.count], right: [realCounts.count])
    }
    let total = realCounts.reduce(0, +)
    guard total > 0, counts.contains(where: { $0 > 0 }) else {
      throw .tooFew(measure: "class balance", found: 0, needed: 1)
    }
    self.counts = counts
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

  /// The classes that hold at least `share` of the samples.
  public func covered(atLeast share: Double = 0.01) -> [Int] {
    counts.indices.filter { Double(counts[$0]) >= share * Double(total) && counts[$0] > 0 }
  }

  /// How many classes hold at least one in a hundred samples.
  public var modes: Int { covered().count }

  /// The classes of the real data that hold less than a tenth of what they should.
  ///
  /// A class is only called missing when enough of it was to be expected that chance cannot explain it: ten examples.
  ///
  /// - Parameter judgeError: The share of images that whoever counted them takes for another class: so much of a
  ///   class may seem to be there when it is not.
  /// - Returns: The labels of the missing classes.
  public func missing(judgeError: Double = 0) -> [Int] {
    counts.indices.filter { label in
      let expected = realShares[label] * Double(total)
      return expected >= 10 && Double(counts[label]) < (0.1 + 2 * judgeError) * expected
    }
  }
}
