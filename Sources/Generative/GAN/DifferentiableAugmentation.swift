// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A change of what the discriminator sees, real and generated alike, through which the generator's gradient flows.
///
/// With little data the discriminator learns its examples by heart; it cannot when it never sees them twice alike.
/// Zhao et al. 2020, arXiv:2006.10738.
public enum DifferentiableAugmentation: Sendable, Hashable {
  /// Adds one number to all pixels of an image, uniform in ±`amount`.
  case brightness(Double)
  /// Stretches an image about its mean by a factor uniform in 1 ± `amount`.
  case contrast(Double)
  /// Shifts by whole pixels, uniform in ±`pixels` each way; what comes in is background.
  case translation(pixels: Int)
  /// Makes a square of `size` pixels at a random place background.
  case cutout(size: Int)

  /// The changed examples, [batch, channel, height, width]; other shapes come back as they are.
  ///
  /// - Parameters:
  ///   - x: Real or generated examples.
  ///   - random: Where the draws come from.
  ///   - background: What is put where nothing is left. One value for real and generated examples: a value taken from
  ///     the examples would tell the discriminator which they are.
  /// - Returns: Examples of the same shape.
  /// - Throws: `TensorError` if memory is short.
  public func applied(to x: Tensor, random: RandomStream, background: Double) throws(TensorError) -> Tensor {
    guard x.rank == 4 else { return x }
    let count = x.shape[0]
    switch self {
    case .brightness(let amount):
      return try x + (random.uniform([count, 1, 1, 1]) * 2 - 1) * amount
    case .contrast(let amount):
      let centre = try mean(x.reshaped(to: [count, -1]), alongAxis: 1).reshaped(to: [count, 1, 1, 1])
      let factor = try (random.uniform([count, 1, 1, 1]) * 2 - 1) * amount + 1
      return try (x - centre) * factor + centre
    case .translation(let pixels): return try shifted(x - background, by: pixels, random: random) + background
    case .cutout(let size):
      return try (x - background) * mask(like: x, size: size, random: random) + background
    }
  }

  /// One draw for each image.
  private func whole(_ count: Int, below bound: Int, _ random: RandomStream) throws(TensorError) -> [Int] {
    try random.integers(below: max(bound, 1), [count]).integers().map { Int($0) }
  }

  /// Each image shifted by its own whole number of rows and columns; zeros come in.
  private func shifted(_ x: Tensor, by pixels: Int, random: RandomStream) throws(TensorError) -> Tensor {
    let reach = min(max(pixels, 0), min(x.shape[2], x.shape[3]) - 1)
    let down = try whole(x.shape[0], below: 2 * reach + 1, random)
    let right = try whole(x.shape[0], below: 2 * reach + 1, random)
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    var places = [Int64](repeating: 0, count: x.count)
    var inside = [Float](repeating: 0, count: x.count)
    var place = 0
    for image in 0..<x.shape[0] {
      for channel in 0..<channels {
        for row in 0..<height {
          for column in 0..<width {
            let (fromRow, fromColumn) = (row - down[image] + reach, column - right[image] + reach)
            if (0..<height).contains(fromRow), (0..<width).contains(fromColumn) {
              places[place] = Int64(((image * channels + channel) * height + fromRow) * width + fromColumn)
              inside[place] = 1
            }
            place += 1
          }
        }
      }
    }
    let flat = try x.reshaped(to: [x.count])
    let moved = try gather(flat, indices: Tensor(places, shape: [x.count]), alongAxis: 0).reshaped(to: x.shape)
    let keep = try Tensor(inside, shape: x.shape)
    return try moved * keep
  }

  private func mask(like x: Tensor, size: Int, random: RandomStream) throws(TensorError) -> Tensor {
    let (height, width) = (x.shape[2], x.shape[3])
    let side = min(max(size, 0), min(height, width))
    let top = try whole(x.shape[0], below: height - side + 1, random)
    let left = try whole(x.shape[0], below: width - side + 1, random)
    return try Tensor.filled([x.shape[0], 1, height, width]) { out in
      for image in 0..<x.shape[0] {
        for row in 0..<height {
          for column in 0..<width {
            let isBlank =
              (top[image]..<top[image] + side).contains(row) && (left[image]..<left[image] + side).contains(column)
            out[(image * height + row) * width + column] = isBlank ? 0 : 1
          }
        }
      }
    }
  }
}
