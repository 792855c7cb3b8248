// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The channels of a batch, [batch, channel] or [batch, channel, height, width].
struct Channels {
  /// The shape in which something of each channel broadcasts over the batch.
  private let shape: Shape
  private let axes: [Int]
  /// How many values a channel has.
  let count: Int

  /// Checks that all others are [channel].
  init(_ operation: String, _ x: Tensor, _ others: [Tensor?]) throws(TensorError) {
    guard x.rank == 2 || x.rank == 4 else {
      throw .unsuitable(
        operation: operation, shape: x.shape, needs: "[batch, channel] or [batch, channel, height, width]")
    }
    for other in others {
      if let other, other.shape != [x.shape[1]] {
        throw .mismatch(operation: operation, left: x.shape, right: other.shape)
      }
    }
    shape = x.rank == 2 ? [1, x.shape[1]] : [1, x.shape[1], 1, 1]
    axes = x.rank == 2 ? [0] : [0, 2, 3]
    count = x.count / Swift.max(x.shape[1], 1)
  }

  /// Something of each channel, shaped to broadcast over the batch.
  func spread(_ values: Tensor) throws(TensorError) -> Tensor { try values.reshaped(to: shape) }

  /// The sum over each channel, [channel].
  func sum(_ x: Tensor) throws(TensorError) -> Tensor { try Tensors.sum(x, alongAxes: axes) }

  /// The mean over each channel, [channel].
  func mean(_ x: Tensor) throws(TensorError) -> Tensor { try sum(x) * (1 / Double(count)) }

  /// Mean and variance of each channel without a graph, the variance divided by the count.
  func moments(_ x: Tensor) throws(TensorError) -> (mean: Tensor, variance: Tensor) {
    let (batch, channels) = (x.shape[0], x.shape[1])
    if x.rank == 2 || count == batch {
      return try columnMoments(x, batch, channels)
    }
    let pixels = count / batch
    let means = try Tensor.uninitialized([batch, channels])
    let variances = try Tensor.uninitialized([batch, channels])
    let (m, v) = (means.storage.floats, variances.storage.floats)
    try x.withFloats { (from) throws(TensorError) in
      try inRanges(batch * channels, cost: Double(pixels) * 0.2 + 5) { range in
        kernels.reductions.momentsOfRows(from, pixels, pixels, m, v, range.lowerBound, range.upperBound)
      }
    }
    // The variance of the whole is that within the images and that between them.
    let mean = try Tensors.mean(means, alongAxis: 0)
    let between = try sumOfSquares(means - mean, alongAxis: 0)
    let within = try Tensors.sum(variances, alongAxis: 0)
    return (mean, try (between + within) * (1 / Double(batch)))
  }

  private func columnMoments(
    _ x: Tensor, _ rows: Int, _ channels: Int
  ) throws(TensorError) -> (mean: Tensor, variance: Tensor) {
    let mean = try Tensor.uninitialized([channels])
    let variance = try Tensor.uninitialized([channels])
    let (m, v) = (mean.storage.floats, variance.storage.floats)
    try x.withFloats { (from) throws(TensorError) in
      try inRanges(channels, cost: Double(rows) * 0.3, grain: 64) { range in
        kernels.reductions.momentsOfColumns(from, channels, rows, m, v, range.lowerBound, range.upperBound)
      }
    }
    return (mean, variance)
  }
}
