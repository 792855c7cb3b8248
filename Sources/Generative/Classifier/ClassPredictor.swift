// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
public import Tensors

/// How well a classifier does on some data.
public struct ClassifierReport: Sendable, Hashable {
  /// How many images it was tried on.
  public let images: Int
  /// The mean cross-entropy, nats.
  public let loss: Double
  /// How often each class (row) was taken for each class (column).
  public let confusion: [[Int]]
  /// The mean probability that it gave to its own answers.
  public let confidence: Double

  /// The share of right answers, 0 … 1.
  public var accuracy: Double {
    Double(confusion.indices.reduce(0) { $0 + confusion[$1][$1] }) / Double(max(images, 1))
  }

  /// The share of right answers for each class; nil for a class that did not occur.
  public var classAccuracies: [Double?] {
    confusion.indices.map { label in
      let count = confusion[label].reduce(0, +)
      return count > 0 ? Double(confusion[label][label]) / Double(count) : nil
    }
  }
}

/// A trainer whose net names the class of an example.
public protocol ClassPredictor: Trainer {
  /// The names of the classes, in the order of the logits.
  var classes: [String] { get }

  /// The logits of examples, [count, classes], in a pass that is only looked at.
  func logits(of examples: Tensor) throws(TrainerError) -> Tensor
}

extension ClassifierTrainer {
  /// The logits of images, [count, classes].
  ///
  /// - Throws: `TrainerError.layer` for images of another shape.
  public func logits(of images: Tensor) throws(TrainerError) -> Tensor {
    try raising { try classifier(images.detached(), in: lookingContext()) }
  }
}

extension ClassPredictor {
  /// How well the classifier does on data.
  ///
  /// - Parameters:
  ///   - data: Labelled images of the training data's shape and scale.
  ///   - batch: How many are taken at a time.
  /// - Returns: Loss, accuracy and which classes are taken for which.
  /// - Throws: `TrainerError.data` without images or labels, `TrainerError.layer` for another shape.
  public func evaluate(_ data: Dataset, batch: Int = 500) throws(TrainerError) -> ClassifierReport {
    guard !data.isEmpty else { throw .data(.empty(operation: "evaluate")) }
    guard data.isLabelled else { throw .data(.unlabelled(name: data.name)) }
    guard (data.labels.max() ?? 0) < classes.count else {
      throw .incompatible("the data have \(data.classes.count) classes, the classifier knows \(classes.count)")
    }
    var confusion = Array(repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
    var loss = 0.0
    var confidence = 0.0
    for start in stride(from: 0, to: data.count, by: max(batch, 1)) {
      if state.shouldStop() { throw .stopped }
      let images = try raising { try data.batch(Array(start..<min(start + max(batch, 1), data.count))) }
      guard let labels = images.y else { continue }
      let logits = try logits(of: images.x)
      let (answers, sure): ([Int64], Double) = try raising {
        loss += try crossEntropy(logits, labels, reduction: .sum).item()
        let likely = try max(softmax(logits, alongAxis: 1), alongAxis: 1)
        return (try argmax(logits, alongAxis: 1).integers(), try sum(likely).item())
      }
      confidence += sure
      for (label, answer) in zip(labels.integers(), answers) { confusion[Int(label)][Int(answer)] += 1 }
    }
    let count = Double(data.count)
    return ClassifierReport(
      images: data.count, loss: loss / count, confusion: confusion, confidence: confidence / count)
  }

  /// The probability of each class for each image, [count, classes].
  ///
  /// - Throws: `TrainerError.layer` for images of another shape.
  public func probabilities(of images: Tensor) throws(TrainerError) -> Tensor {
    let logits = try logits(of: images)
    return try raising { try softmax(logits, alongAxis: 1).detached() }
  }

  /// The share of a batch whose likeliest class is its own.
  func share(ofRight logits: Tensor, _ labels: Tensor) throws(TrainerError) -> Double {
    try raising {
      let guesses = try argmax(logits.detached(), alongAxis: 1).integers()
      // A mixed image counts as the class that most of it is of.
      let classes = labels.rank == 2 ? try argmax(labels, alongAxis: 1) : labels
      return Double(zip(guesses, classes.integers()).count { $0 == $1 }) / Double(max(guesses.count, 1))
    }
  }
}
