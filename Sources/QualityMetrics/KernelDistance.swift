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
}

/// The squared maximum mean discrepancy of two sets under the kernel (x · y / d + 1)³, without bias.
///
/// Unlike the Fréchet distance it does not grow when vectors are few, and may be slightly negative when the sets are
/// alike. The mean over `blocks` of equal size, whose spread gives the standard error. Bińkowski et al. 2018,
/// arXiv:1801.01401.
///
/// - Parameters:
///   - first: One set.
///   - second: The other, of vectors as long.
///   - blockSize: How many vectors of each set a block takes at most.
/// - Returns: The estimate with its standard error over blocks. Where all vectors fit one block, its quarters tell the
///   error instead: they are noisier than the whole, so it is rather too large than too small.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` below two vectors, `MetricError.notFinite`.
public func kernelDistance(
  _ first: Features, _ second: Features, blockSize: Int = 1000
) throws(MetricError) -> Estimate {
  try Features.check(first, second, for: "kid", atLeast: 2)
  let shared = min(first.count, second.count)
  let whole = distances(first, second, blocks: max(1, shared / max(blockSize, 2)))
  let spread = whole.count > 1 ? whole : distances(first, second, blocks: min(4, max(shared / 2, 1)))
  return Estimate(mean(whole), standardError: standardError(spread))
}

/// The distance of each block of equal size.
private func distances(_ first: Features, _ second: Features, blocks: Int) -> [Double] {
  let size = min(first.count, second.count) / blocks
  return (0..<blocks).map { blockDistance(first, second, $0 * size..<($0 + 1) * size) }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The standard error of a mean; 0 of a single value, which is that of two or three vectors.
private func standardError(_ values: [Double]) -> Double {
  guard values.count > 1 else { return 0 }
  let centre = mean(values)
  let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
}

private func blockDistance(_ first: Features, _ second: Features, _ rows: Range<Int>) -> Double {
  let count = Double(rows.count)
  var (within, across) = (0.0, 0.0)
  for left in rows {
    for right in rows {
      if left != right { within += kernel(first, left, first, right) + kernel(second, left, second, right) }
      across += kernel(first, left, second, right)
    }
  }
  return within / (count * (count - 1)) - 2 * across / (count * count)
}

private func kernel(_ left: Features, _ row: Int, _ right: Features, _ other: Int) -> Double {
  let width = left.width
  let dot = left.values.withUnsafeBufferPointer { a in
    right.values.withUnsafeBufferPointer { b in dotProduct(a, row * width, b, other * width, width) }
  }
  let base = Double(dot) / Double(width) + 1
  return base * base * base
}
