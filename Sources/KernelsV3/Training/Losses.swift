// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Where a loss reads and writes.
private struct LossRun {
  let x: Floats
  let target: Floats
  let targetStride: Int
  let gradient: MutableFloats?
  let scale: Float

  /// The sum of losses over a range, and gradients where they are wanted.
  @inline(__always)
  func sum(
    _ first: Int, _ end: Int, value: (Vector, Vector) -> Vector, slope: (Vector, Vector) -> Vector
  ) -> Float {
    var total = Vector.zero
    var i = first
    while i < end {
      let count = min(lanes, end - i)
      let x = load(self.x + i, count: count)
      let t = targetStride == 0 ? splat(target.pointee) : load(target + i, count: count)
      let term = value(x, t)
      total += count == lanes ? term : select(firstLanes(count), term, .zero)
      if let gradient { store(slope(x, t) * splat(scale), gradient + i, count: count) }
      i += lanes
    }
    return sumOfLanes(total)
  }
}

/// Losses of blocks in a range: partial sums, and gradients where they are wanted.
func lossBlocks(
  _ loss: KernelLoss, _ x: Floats, _ target: Floats, _ targetStride: Int, _ count: Int,
  _ partials: UnsafeMutablePointer<Double>, _ gradient: MutableFloats?, _ scale: Float, _ firstBlock: Int,
  _ endBlock: Int
) {
  let run = LossRun(x: x, target: target, targetStride: targetStride, gradient: gradient, scale: scale)
  for block in firstBlock..<max(firstBlock, endBlock) {
    let first = block * reductionBlock
    partials[block] = Double(lossSum(loss, run, first, min(first + reductionBlock, count)))
  }
}

private func lossSum(_ loss: KernelLoss, _ run: LossRun, _ first: Int, _ end: Int) -> Float {
  switch loss {
  case .squaredError: run.sum(first, end, value: squaredError, slope: squaredErrorSlope)
  case .absoluteError: run.sum(first, end, value: absoluteError, slope: absoluteErrorSlope)
  case .binaryCrossEntropy: run.sum(first, end, value: crossEntropy, slope: crossEntropySlope)
  case .binaryCrossEntropyFromLogits: run.sum(first, end, value: logitCrossEntropy, slope: logitCrossEntropySlope)
  }
}

@inline(__always) private func squaredError(_ x: Vector, _ t: Vector) -> Vector { (x - t) * (x - t) }
@inline(__always) private func squaredErrorSlope(_ x: Vector, _ t: Vector) -> Vector { splat(2) * (x - t) }
@inline(__always) private func absoluteError(_ x: Vector, _ t: Vector) -> Vector { magnitude(x - t) }
@inline(__always) private func absoluteErrorSlope(_ x: Vector, _ t: Vector) -> Vector { sign(x - t) }
@inline(__always) private func logitCrossEntropy(_ x: Vector, _ t: Vector) -> Vector { softplus(x) - x * t }
@inline(__always) private func logitCrossEntropySlope(_ x: Vector, _ t: Vector) -> Vector { logistic(x) - t }

/// -(t log x + (1 - t) log(1 - x)).
///
/// The logarithms are cut at -100, so that a certain mistake costs 100 and not infinity.
@inline(__always) private func crossEntropy(_ x: Vector, _ t: Vector) -> Vector {
  let one = larger(logarithm(x), splat(-100))
  let other = larger(logarithmOfOnePlus(-x), splat(-100))
  return -multiplyAdd(t, one, (splat(1) - t) * other)
}

@inline(__always) private func crossEntropySlope(_ x: Vector, _ t: Vector) -> Vector {
  (x - t) / larger(x * (splat(1) - x), splat(1e-12))
}
