// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Examples as vectors of numbers, one after the other: features of a judge, or pixels.
public struct Features: Sendable, Hashable {
  /// How many examples there are.
  public let count: Int
  /// How many numbers each has.
  public let width: Int
  /// All numbers, example by example.
  public let values: [Float]

  /// Vectors from their numbers; `values` must be `count × width` long.
  public init(count: Int, width: Int, values: [Float]) {
    precondition(values.count == count * width, "As many numbers as vectors times their width.")
    self.count = count
    self.width = width
    self.values = values
  }

  /// The rows of a tensor [count, …], flattened.
  public init(_ tensor: Tensor) {
    let count = tensor.rank > 0 ? tensor.shape[0] : 1
    self.init(count: count, width: count > 0 ? tensor.count / count : 0, values: tensor.scalars())
  }

  /// The first `limit` vectors, or all if there are fewer.
  public func prefix(_ limit: Int) -> Features {
    let kept = min(max(limit, 0), count)
    return Features(count: kept, width: width, values: Array(values.prefix(kept * width)))
  }

  /// The vectors of the given numbers, which must be inside.
  public func selecting(_ rows: [Int]) -> Features {
    Features(
      count: rows.count, width: width, values: rows.flatMap { values[$0 * width..<($0 + 1) * width] })
  }

  /// Makes sure that two sets can be compared and are large enough.
  static func check(
    _ left: Features, _ right: Features, for measure: String, atLeast needed: Int
  ) throws(MetricError) {
    guard left.width == right.width else {
      throw .mismatch(measure: measure, left: [left.width], right: [right.width])
    }
    for set in [left, right] {
      guard set.count >= needed else { throw .tooFew(measure: measure, found: set.count, needed: needed) }
      // A NaN or an infinity times zero is NaN, and stays so in a sum.
      var probe: Float = 0
      for value in set.values { probe += value * 0 }
      guard probe == 0 else { throw .notFinite(measure: measure) }
    }
  }
}
