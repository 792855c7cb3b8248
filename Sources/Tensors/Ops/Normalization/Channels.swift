// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The channels of a batch, [batch, channel] or [batch, channel, height, width].
struct Channels {
  /// The shape in which something of each channel broadcasts over the batch.
  private let shape: Shape
  private let axes: [Int]
  private let batch: Int
  private let channels: Int
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
    batch = x.shape[0]
    channels = x.shape[1]
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
    let mean = try Tensor.uninitialized([channels])
    let variance = try Tensor.uninitialized([channels])
    let (m, v) = (mean.storage.floats, variance.storage.floats)
    defer { withExtendedLifetime((mean, variance)) {} }
    let hasPixels = x.pixelOrder != nil
    try x.withFloatsAsTheyLie { (from) throws(TensorError) in
      try inRanges(cost: 0.3, hasPixels: hasPixels) { shape, range in
        kernels.normalizations.moments(shape, from, m, v, range.lowerBound, range.upperBound)
      }
    }
    return (mean, variance)
  }

  /// Calls `body` with ranges of channels, on several threads when that pays; `cost` is in nanoseconds a value.
  func inRanges(
    cost: Double, hasPixels: Bool, _ body: (UnsafePointer<ChannelShape>, Range<Int>) -> Void
  ) throws(TensorError) {
    // Vectors lie side by side, so that a range of them should fill whole cache lines.
    let grain = hasPixels || count == batch ? 16 : 1
    try inRanges(of: channels, cost: cost * Double(count), grain: grain, hasPixels, body)
  }

  /// The same where the channels do not matter: with pixels, the ranges are of pixels.
  func inRangesOfPixels(
    cost: Double, hasPixels: Bool, _ body: (UnsafePointer<ChannelShape>, Range<Int>) -> Void
  ) throws(TensorError) {
    guard hasPixels else { return try inRanges(cost: cost, hasPixels: false, body) }
    try inRanges(of: count, cost: cost * Double(channels), grain: 16, true, body)
  }

  private func inRanges(
    of extent: Int, cost: Double, grain: Int, _ hasPixels: Bool,
    _ body: (UnsafePointer<ChannelShape>, Range<Int>) -> Void
  ) throws(TensorError) {
    var shape = ChannelShape(batch: batch, channels: channels, places: count / batch, hasPixels: hasPixels)
    try withExtendedPointer(&shape) { (shape) throws(TensorError) in
      try Tensors.inRanges(extent, cost: cost, grain: grain) { range in body(shape, range) }
    }
  }
}
