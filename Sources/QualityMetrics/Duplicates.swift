// SPDX-License-Identifier: Apache-2.0

/// Two examples that are all but the same.
public struct DuplicatePair: Sendable, Hashable {
  /// The earlier of the two.
  public let first: Int
  /// The later of the two.
  public let second: Int
  /// Their distance.
  public let distance: Double
}

/// All pairs closer than `threshold`: by the birthday paradox, many pairs among few samples betray a generator that
/// knows only some hundred images.
///
/// Arora and Zhang 2017, arXiv:1706.08224.
///
/// - Parameters:
///   - examples: Pixels in 0 … 1.
///   - threshold: The Euclidean distance below which two count as one.
///   - limit: The most examples that are compared; time grows with its square.
/// - Returns: The pairs in order of their first examples.
/// - Throws: `MetricError.tooFew` below two examples, `MetricError.notFinite`.
public func duplicatePairs(
  _ examples: Features, threshold: Double = 1, limit: Int = 2000
) throws(MetricError) -> [DuplicatePair] {
  try Features.check(examples, examples, for: "duplicates", atLeast: 2)
  let compared = examples.prefix(max(limit, 2))
  let reach = Float(threshold * threshold)
  var pairs: [DuplicatePair] = []
  compared.values.withUnsafeBufferPointer { values in
    for first in 0..<compared.count {
      for second in first + 1..<compared.count {
        let squared = squaredDistance(
          values, first * compared.width, values, second * compared.width, compared.width)
        if squared < reach {
          pairs.append(DuplicatePair(first: first, second: second, distance: Double(squared).squareRoot()))
        }
      }
    }
  }
  return pairs
}
