// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import QualityMetrics
import Tensors

/// A net that makes an image of each image of some data.
///
/// The net may take images as they are or as rows of pixels. Looking changes nothing: the net runs as for inference and keeps no graph, and noise comes from a stream of its own.
struct ImageMapping {
  private let net: any Layer
  private let data: Dataset
  /// The shape in which the net takes one image.
  private let inputShape: [Int]

  /// Nil when the net does not take such images, or gives something else than as many pixels.
  init?(_ net: any Layer, of data: Dataset) {
    let pixelCount = data.exampleShape.reduce(1, *)
    let accepted = [data.exampleShape, [pixelCount]].first { shape in
      guard let output = try? net.outputShape(for: Shape([2] + shape)).shape else { return false }
      return output.rank > 0 && output[0] == 2 && output.count == 2 * pixelCount
    }
    guard data.exampleShape.count == 3, let accepted else { return nil }
    self.net = net
    self.data = data
    inputShape = accepted
  }

  /// Whether what the net makes of the first images depends on them.
  func dependence(_ count: Int, _ judge: Judge, shouldStop: () -> Bool) throws -> InputDependence {
    let batch = try data.batch(Array(0..<min(count, data.count)))
    return try InputDependence(
      outputs: output(for: batch.x), inputLabels: Array(data.labels.prefix(batch.count)), by: judge,
      shouldStop: shouldStop)
  }

  /// What the net makes of noise, uniform over the values that pixels have.
  func ofNoise(_ count: Int, _ judge: Judge, shouldStop: () -> Bool) throws -> SampleQuality {
    let range = data.valueRange
    let unit = try RandomStream(seed: 0).uniform(Shape([count] + data.exampleShape))
    let noise = try unit * Double(range.upper - range.lower) + Double(range.lower)
    return try SampleQuality(of: output(for: noise), by: judge, neighbourLimit: 1000, shouldStop: shouldStop)
  }

  /// Pixels 0 … 1 in the shape of the data.
  private func output(for images: Tensor) throws -> Tensor {
    let context = ForwardContext(
      isTraining: false, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: false)
    let given = try images.reshaped(to: Shape([images.shape[0]] + inputShape))
    let made = try net(given, in: context).reshaped(to: Shape([images.shape[0]] + data.exampleShape))
    return try pixels(of: made, from: data.valueRange)
  }
}
