// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
public import Tensors

/// How close enlarged images come to the originals, beside two ways that learn nothing.
///
/// Decibels, higher is better.
public struct SuperResolutionReport: Sendable, Hashable {
  /// How many images it was measured on.
  public let images: Int
  /// The peak signal-to-noise ratio of what the generator makes.
  public let psnr: Double
  /// That of a straight line between neighbouring pixels.
  public let bilinear: Double
  /// That of each pixel repeated.
  public let repeated: Double
}

extension SuperResolutionTrainer {
  /// What the generator makes of small images: twice the height and width.
  ///
  /// - Parameter images: [count, channel, height, width], scaled as in training.
  /// - Returns: [count, channel, 2·height, 2·width].
  /// - Throws: `TrainerError.layer` for images with other channels.
  public func enlarge(_ images: Tensor) throws(TrainerError) -> Tensor {
    try raising { try generator(images.detached(), in: lookingContext()).detached() }
  }

  /// Halves images, doubles them again and compares them with the originals.
  ///
  /// - Parameters:
  ///   - data: Images of the training data's channels and scale.
  ///   - batch: How many are taken at a time.
  /// - Returns: The generator's ratio beside those of two interpolations.
  /// - Throws: `TrainerError.data` without images, `TrainerError.layer` for another shape.
  public func evaluate(_ data: Dataset, batch: Int = 500) throws(TrainerError) -> SuperResolutionReport {
    guard !data.isEmpty else { throw .data(.empty(operation: "evaluate")) }
    var squares = (made: 0.0, bilinear: 0.0, repeated: 0.0)
    for start in stride(from: 0, to: data.count, by: max(batch, 1)) {
      if state.shouldStop() { throw .stopped }
      let images = try raising { try data.batch(Array(start..<min(start + max(batch, 1), data.count))).x }
      let small: Tensor = try raising { try averagePool2d(images, size: 2) }
      let made = try enlarge(small)
      try raising {
        let count = Double(images.shape[0])
        squares.made += try meanSquaredError(made, images).item() * count
        squares.bilinear += try meanSquaredError(bilinearlyEnlarged(small), images).item() * count
        squares.repeated += try meanSquaredError(upsampleNearest2d(small, factor: 2), images).item() * count
      }
    }
    let count = Double(data.count)
    return SuperResolutionReport(
      images: data.count, psnr: peakRatio(squares.made / count), bilinear: peakRatio(squares.bilinear / count),
      repeated: peakRatio(squares.repeated / count))
  }
}

/// Images of twice the height and width, by straight lines between the centres of pixels; edges are held.
func bilinearlyEnlarged(_ images: Tensor) throws(TensorError) -> Tensor {
  try doubled(doubled(images, axis: 2), axis: 3)
}

/// Each pixel along an axis becomes two: three quarters of itself and a quarter of the neighbour on that side.
private func doubled(_ x: Tensor, axis: Int) throws(TensorError) -> Tensor {
  let size = x.shape[axis]
  let first = try x.sliced(axis: axis, from: 0, to: 1)
  let last = try x.sliced(axis: axis, from: size - 1, to: size)
  let before = try concatenate([first, x.sliced(axis: axis, from: 0, to: size - 1)], alongAxis: axis)
  let after = try concatenate([x.sliced(axis: axis, from: 1, to: size), last], alongAxis: axis)
  let pair = try stack([x * 0.75 + before * 0.25, x * 0.75 + after * 0.25], alongAxis: axis + 1)
  var shape = x.shape.dimensions
  shape[axis] = 2 * size
  return try pair.reshaped(to: Shape(shape))
}
