// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
import Tensors

extension Judge {
  /// How often a judge sees each training image.
  static let epochs = 6
  private static let batch = 128
  /// The fewest updates: six passes over a few hundred images would leave the net as it was drawn.
  private static let fewestSteps = 120
  private static let rate = 2e-3

  /// Trains a judge: six epochs of Adam with batches of 128, at least 120 of them, the rate falling from 0.002 to zero.
  ///
  /// - Parameters:
  ///   - training: Labelled images.
  ///   - test: Labelled images that it has not seen; samples will be compared with them.
  ///   - seed: What weights and order follow from.
  ///   - progress: Told the share done, 0 … 1, after each step.
  ///   - shouldStop: Asked before each step.
  /// - Throws: `MetricError.unlabelled`, `MetricError.mismatch` if test images differ in shape, `MetricError.stopped`.
  public convenience init(
    training: Dataset, test: Dataset, seed: UInt64 = 0, progress: (Double) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(MetricError) {
    guard training.isLabelled, test.isLabelled else { throw .unlabelled(measure: "judge") }
    guard training.exampleShape == test.exampleShape else {
      throw .mismatch(measure: "judge", left: training.exampleShape, right: test.exampleShape)
    }
    let net: JudgeNet = try measuring {
      let random = RandomStream(seed: seed, stream: 1)
      let net = try JudgeNet(shape: training.exampleShape, classes: training.classes.count, random: random)
      let steps = max(Self.epochs * ((training.count + Self.batch - 1) / Self.batch), Self.fewestSteps)
      try net.train(
        on: training, steps: steps, batch: Self.batch, rate: Self.rate, seed: seed, progress: progress,
        shouldStop: shouldStop)
      return net
    }
    try self.init(net: net, name: training.name, classes: training.classes, test: test, shouldStop: shouldStop)
  }

  /// A judge from a trained net: its accuracy, scale and reference are found on the test images.
  convenience init(
    net: JudgeNet, name: String, classes: [String], test: Dataset, scale given: Double? = nil,
    shouldStop: () -> Bool = { false }
  ) throws(MetricError) {
    guard test.count >= 2 else { throw .tooFew(measure: "judge", found: test.count, needed: 2) }
    let plain = try measuring { try net.look(at: test, scale: 1, shouldStop: shouldStop) }
    let scale = given ?? 1 / max(NormalFit(plain.features).meanVariance, 1e-12).squareRoot()
    let features = Features(
      count: plain.features.count, width: plain.features.width, values: plain.features.values.map { $0 * Float(scale) })
    let right = zip(plain.labels, test.labels).count { $0 == $1 }
    let images = try measuring { Features(try test.prefix(2000).unscaled.x()) }
    let reference = JudgeReference(
      features: features, confusion: plain.confusion(with: test.labels, classes: classes.count),
      sharpness: try sharpness(of: images, shape: test.exampleShape), confidence: plain.meanConfidence)
    self.init(
      net: net.net, name: name, classes: classes, imageShape: test.exampleShape,
      accuracy: Double(right) / Double(test.count), scale: scale, reference: reference)
  }
}
