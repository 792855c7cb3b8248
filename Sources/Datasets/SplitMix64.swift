// SPDX-License-Identifier: Apache-2.0

/// A tiny generator of 64-bit integers, the same in every language.
///
/// Used where a choice must be repeatable outside Easel (subsets, splits) and for the drawn data sets. Training noise
/// comes from `RandomStream` instead. Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
public struct SplitMix64: Sendable, RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose sequence is decided by `seed` alone.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number in 0 ..< 1, from the upper 53 bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in `range`, evenly distributed.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A nearly normal number with mean 0 and variance 1, by addition alone.
  ///
  /// The sum of twelve uniform numbers: no logarithm, so the same bits with every mathematical library.
  public mutating func bell() -> Double {
    var total = -6.0
    for _ in 0..<12 { total += uniform() }
    return total
  }

  /// The numbers 0 ..< `count` in the portable shuffled order of `seed`.
  ///
  /// Fisher–Yates from the last index down: position `i` changes places with `next() mod (i + 1)`.
  public static func shuffled(_ count: Int, seed: UInt64) -> [Int] {
    var order = Array(0..<max(count, 0))
    guard count > 1 else { return order }
    var generator = SplitMix64(seed: seed)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(generator.next() % UInt64(last + 1)))
    }
    return order
  }
}
