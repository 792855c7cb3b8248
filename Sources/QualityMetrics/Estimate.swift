// SPDX-License-Identifier: Apache-2.0

/// An estimate with how far chance may have moved it.
public struct Estimate: Sendable, Hashable {
  /// The estimate.
  public let value: Double
  /// Its standard error.
  public let standardError: Double

  /// An estimate with its standard error.
  public init(_ value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The mean of independent values; the error of a single one is unknown and given as 0.
  public init(meanOf values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(mean, standardError: values.count > 1 ? (squares / (count - 1) / count).squareRoot() : 0)
  }

  /// The share of hits among so many trials.
  ///
  /// The error is the standard deviation of the share under Jeffreys' prior, which does not vanish where all trials or
  /// none are hits. Brown, Cai and DasGupta 2001.
  public init(share hits: Int, of trials: Int) {
    let (right, wrong) = (Double(hits) + 0.5, Double(trials - hits) + 0.5)
    let all = right + wrong
    self.init(
      Double(hits) / Double(max(trials, 1)), standardError: (right * wrong / (all * all * (all + 1))).squareRoot())
  }

  /// The median of independent values, with half the distance of the values that stand a standard deviation of the rank
  /// to either side; David and Nagaraja, "Order Statistics", section 7.1.
  public init(medianOf values: [Double]) {
    let sorted = values.sorted()
    guard !sorted.isEmpty else {
      self.init(.nan, standardError: .nan)
      return
    }
    let reach = Int((Double(sorted.count).squareRoot() / 2).rounded(.up))
    let middle = sorted.count / 2
    let (low, high) = (max(middle - reach, 0), min(middle + reach, sorted.count - 1))
    self.init(median(sorted), standardError: (sorted[high] - sorted[low]) / 2)
  }

  /// What a measure of sets of vectors gives, with the spread that leaving out a tenth of a set at a time shows.
  ///
  /// The delete-a-group jackknife, Shao and Wu 1989.
  ///
  /// - Parameters:
  ///   - sets: The sets that the measure is taken of; each is thinned by itself, and the variances add up.
  ///   - measure: Taken of all of them.
  init(jackknifing sets: [Features], _ measure: ([Features]) -> Double) {
    let groups = 10
    var variance = 0.0
    for place in sets.indices where sets[place].count >= 2 * groups {
      let values = (0..<groups).map { group in
        var thinned = sets
        thinned[place] = sets[place].selecting((0..<sets[place].count).filter { $0 % groups != group })
        return measure(thinned)
      }
      let mean = values.reduce(0, +) / Double(groups)
      variance += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * Double(groups - 1) / Double(groups)
    }
    self.init(measure(sets), standardError: variance.squareRoot())
  }
}

extension Estimate {
  /// The share of right answers among so many.
  public static func accuracy(_ share: Double, of count: Int) -> Estimate {
    Estimate(share: Int((share * Double(count)).rounded()), of: count)
  }
}
