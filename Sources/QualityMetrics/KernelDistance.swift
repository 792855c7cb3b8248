// SPDX-License-Identifier: Apache-2.0

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
  return Estimate(Estimate(meanOf: whole).value, standardError: Estimate(meanOf: spread).standardError)
}

/// The distance of each block of equal size.
private func distances(_ first: Features, _ second: Features, blocks: Int) -> [Double] {
  let size = min(first.count, second.count) / blocks
  return (0..<blocks).map { blockDistance(first, second, $0 * size..<($0 + 1) * size) }
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
