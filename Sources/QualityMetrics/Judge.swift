// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
public import Tensors

/// A small classifier trained on the real data, in whose features samples are compared with real images.
///
/// `Conv2d(3×3, 16), relu, MaxPool(2), Conv2d(3×3, 32), relu, MaxPool(2), Flatten, Linear(64), relu, Linear(classes)`
/// on pixels 0 … 1. The features are the 64 activations, multiplied by `scale` so that those of the real test images
/// have a mean variance of 1. Features of a net trained on photographs say little about small grey images, so figures
/// compare only through one judge; its accuracy belongs beside them.
public final class Judge {
  /// The names of the classes, in the order of its answers.
  public let classes: [String]
  /// The shape of an image, [channel, height, width].
  public let imageShape: [Int]
  /// The share of test images that it names rightly, 0 … 1.
  public let accuracy: Double
  /// What its activations are multiplied by.
  public let scale: Double
  /// What it is told by the real test images; samples are compared with this.
  public let reference: JudgeReference
  /// The data it was trained on, in a few words.
  public let name: String
  let net: Sequential

  init(
    net: Sequential, name: String, classes: [String], imageShape: [Int], accuracy: Double, scale: Double,
    reference: JudgeReference
  ) {
    self.net = net
    self.name = name
    self.classes = classes
    self.imageShape = imageShape
    self.accuracy = accuracy
    self.scale = scale
    self.reference = reference
  }

  /// What the judge sees in images.
  ///
  /// - Parameters:
  ///   - images: Pixels 0 … 1, [count, channel, height, width].
  ///   - shouldStop: Asked between batches.
  /// - Returns: Features, and for each image the class and how sure the judge is of it.
  /// - Throws: `MetricError.layer` for images of another shape, `MetricError.notFinite`, `MetricError.stopped`.
  public func look(at images: Tensor, shouldStop: () -> Bool = { false }) throws(MetricError) -> JudgeOpinion {
    try measuring {
      try JudgeNet(net: net).look(at: images, scale: scale, shouldStop: shouldStop)
    }
  }

  /// What the judge sees in the images of a data set, whatever their scale.
  ///
  /// - Throws: As `look(at:shouldStop:)`.
  public func look(at data: Dataset, shouldStop: () -> Bool = { false }) throws(MetricError) -> JudgeOpinion {
    try measuring {
      try JudgeNet(net: net).look(at: data, scale: scale, shouldStop: shouldStop)
    }
  }
}

/// What a judge sees in some images.
public struct JudgeOpinion: Sendable {
  /// The activations before the last layer, scaled.
  public let features: Features
  /// The most likely class of each image.
  public let labels: [Int]
  /// The probability of that class, for each image.
  public let confidences: [Double]

  /// The mean of the confidences.
  public var meanConfidence: Double { confidences.reduce(0, +) / Double(max(confidences.count, 1)) }

  /// How many images of each class (row) are taken for each class (column).
  func confusion(with labels: [Int], classes: Int) -> [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, taken) in zip(labels, self.labels) where counts.indices.contains(label) { counts[label][taken] += 1 }
    return counts
  }

  /// How many images fall into each of `classes` classes.
  public func counts(classes: Int) -> [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
  }
}

/// What a judge says of the real test images.
public struct JudgeReference: Sendable {
  /// Their features.
  public let features: Features
  /// How many of each class (row, by their own labels) the judge takes for each class (column).
  public let confusion: [[Int]]
  /// Their sharpness.
  public let sharpness: Double
  /// How sure the judge is of them.
  public let confidence: Double
  /// Mean and covariance of their features.
  public let fit: NormalFit

  init(features: Features, confusion: [[Int]], sharpness: Double, confidence: Double) {
    self.features = features
    self.confusion = confusion
    self.sharpness = sharpness
    self.confidence = confidence
    fit = NormalFit(features)
  }
}

/// Brings images to the pixels 0 … 1 that judges see.
///
/// - Parameters:
///   - images: Values in `range`.
///   - range: What 0 and 1 shall be made of; values outside are cut off.
/// - Returns: As many images, values 0 … 1.
/// - Throws: `MetricError.tensor` if memory is short.
public func pixels(of images: Tensor, from range: ValueRange) throws(MetricError) -> Tensor {
  try measuring {
    let width = Double(range.upper - range.lower)
    let plain = images.detached()
    if range == .unit { return try clamp(plain, from: 0, to: 1) }
    return try clamp((plain - Double(range.lower)) / (width > 0 ? width : 1), from: 0, to: 1)
  }
}
