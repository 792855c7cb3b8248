// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// (exp(l) + m^2 - 1 - l) / 2 summed over blocks in a range, and gradients where they are wanted.
///
/// exp(l) - 1 - l is taken as (exp(l) - 1) - l, which keeps its digits where l is small.
func klBlocks(
  _ mean: Floats, _ logVariance: Floats, _ count: Int, _ partials: UnsafeMutablePointer<Double>,
  _ meanGradient: MutableFloats?, _ logVarianceGradient: MutableFloats?, _ scale: Float, _ firstBlock: Int,
  _ endBlock: Int
) {
  for block in firstBlock..<max(firstBlock, endBlock) {
    let end = min((block + 1) * reductionBlock, count)
    var total = Vector.zero
    var i = block * reductionBlock
    while i < end {
      let n = min(lanes, end - i)
      let m = load(mean + i, count: n)
      let l = load(logVariance + i, count: n)
      let excess = exponentialMinusOne(l)
      // Lanes beyond the end hold m = l = 0, which adds nothing.
      total += multiplyAdd(m, m, excess - l)
      if let meanGradient { store(m * splat(scale), meanGradient + i, count: n) }
      if let logVarianceGradient { store(excess * splat(0.5 * scale), logVarianceGradient + i, count: n) }
      i += lanes
    }
    partials[block] = 0.5 * Double(sumOfLanes(total))
  }
}
