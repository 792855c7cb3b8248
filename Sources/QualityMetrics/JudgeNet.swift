// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// The judge's net: how it is made, run and read.
struct JudgeNet {
  let net: Sequential

  /// Where its features are taken: after the ReLU behind the first Linear layer.
  static let featureLayer = 9

  init(net: Sequential) { self.net = net }

  /// A net for images of a shape, with weights drawn from `random`.
  init(
    shape: [Int], classes: Int, width: Int = 16, features: Int = 64, padding: Int = 1, random: RandomStream
  ) throws {
    func pooled(_ side: Int) -> Int {
      let once = (side + 2 * padding - 2) / 2
      return (once + 2 * padding - 2) / 2
    }
    guard shape.count == 3, pooled(shape[1]) >= 1, pooled(shape[2]) >= 1 else {
      throw MetricError.argument(name: "images", value: "\(shape)", needs: "images of at least 8 × 8 pixels")
    }
    net = Sequential(
      try Conv2d(shape[0], width, kernelSize: 3, padding: padding, random: random), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2),
      try Conv2d(width, 2 * width, kernelSize: 3, padding: padding, random: random), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2), Flatten(),
      try Linear(2 * width * pooled(shape[1]) * pooled(shape[2]), features, random: random),
      ActivationLayer(.relu), try Linear(features, classes, random: random))
  }

  /// A pass in training, or in inference.
  private static func context(_ isTraining: Bool) -> ForwardContext {
    ForwardContext(
      isTraining: isTraining, random: RandomStream(seed: 0), recordsGradients: isTraining,
      updatesStatistics: isTraining)
  }

  /// Logits, for training.
  func logits(_ x: Tensor) throws -> Tensor { try net(x, in: Self.context(true)) }

  /// Trains by cross-entropy with Adam, the rate falling to zero along half a cosine.
  func train(
    on data: Dataset, steps: Int, batch: Int, rate: Double, seed: UInt64, progress: (Double) -> Void,
    shouldStop: () -> Bool
  ) throws {
    let plain = data.unscaled
    let loader = try Loader(plain, batch: min(batch, data.count), random: RandomStream(seed: seed, stream: 2))
    let optimizer = try Adam(net.allParameters, learningRate: rate)
    for step in 0..<steps {
      if shouldStop() { throw MetricError.stopped }
      optimizer.learningRate = rate * Schedule.cosine(steps: steps, minimum: 0).factor(at: step)
      let images = try loader.next()
      guard let labels = images.y else { throw MetricError.unlabelled(measure: "judge") }
      optimizer.zeroGradients()
      try backward(crossEntropy(logits(images.x), labels))
      try optimizer.step()
      progress(Double(step + 1) / Double(steps))
    }
  }

  func look(at data: Dataset, scale: Double, shouldStop: () -> Bool) throws -> JudgeOpinion {
    let plain = data.unscaled
    // Numbers that are not bytes keep the scale they were given: bring them to 0 … 1.
    let range = plain.valueRange
    return try look(count: data.count, scale: scale, shouldStop: shouldStop) { rows in
      let x = try plain.batch(Array(rows)).x
      return ValueRange.unit.contains(range) ? x : try pixels(of: x, from: range.lower < 0 ? .symmetric : range)
    }
  }

  func look(at images: Tensor, scale: Double, shouldStop: () -> Bool) throws -> JudgeOpinion {
    try look(count: images.rank > 0 ? images.shape[0] : 0, scale: scale, shouldStop: shouldStop) { rows in
      try images.detached().sliced([.range(from: rows.lowerBound, to: rows.upperBound, step: 1)])
    }
  }

  private func look(
    count: Int, scale: Double, shouldStop: () -> Bool, images: (Range<Int>) throws -> Tensor
  ) throws -> JudgeOpinion {
    var features: [Float] = []
    var labels: [Int] = []
    var confidences: [Double] = []
    for start in stride(from: 0, to: count, by: 256) {
      if shouldStop() { throw MetricError.stopped }
      let x = try images(start..<min(start + 256, count))
      guard let seen = try net.output(of: x, upTo: Self.featureLayer, in: Self.context(false)).tensor,
        let logits = try net.output(of: seen, from: Self.featureLayer, upTo: net.layers.count, in: Self.context(false))
          .tensor
      else { throw MetricError.notAJudge(path: "net", reason: "it gives several outputs") }
      features += try (seen * scale).scalars()
      labels += try argmax(logits, alongAxis: 1).integers().map { Int($0) }
      confidences += try max(softmax(logits, alongAxis: 1), alongAxis: 1).scalars().map(Double.init)
    }
    let width = count > 0 ? features.count / count : 0
    return JudgeOpinion(
      features: Features(count: count, width: width, values: features), labels: labels, confidences: confidences)
  }
}
