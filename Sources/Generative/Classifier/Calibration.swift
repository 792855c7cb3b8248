// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Tensors

/// Whether a classifier is as often right as it says: answers sorted by the confidence they were given with.
///
/// Bins have equal widths; a bin holds confidences above its lower end up to its upper end. Guo et al. 2017,
/// arXiv:1706.04599, equations 2 to 5.
public struct Calibration: Sendable, Hashable {
  /// The answers whose confidence lies in one bin.
  public struct Bin: Sendable, Hashable {
    /// The lower and the upper end, 0 … 1.
    public let lower: Double, upper: Double
    /// How many answers.
    public let count: Int
    /// The share of right answers, 0 … 1; 0 without answers.
    public let accuracy: Double
    /// The mean confidence; 0 without answers.
    public let confidence: Double

    /// How much more sure than right the answers are.
    public var gap: Double { confidence - accuracy }
  }

  /// The bins from 0 to 1.
  public let bins: [Bin]
  /// How many answers in all.
  public let count: Int

  /// Sorts answers into bins.
  ///
  /// - Parameters:
  ///   - confidences: The probability that each answer was given with, 0 … 1.
  ///   - right: Whether each answer was right.
  ///   - bins: How many bins, 1 … 1000.
  /// - Throws: `TrainerError.setting` for another number of bins.
  public init(confidences: [Double], right: [Bool], bins: Int = 15) throws(TrainerError) {
    guard (1...1000).contains(bins) else {
      throw .setting(name: "bins", value: "\(bins)", needs: "a whole number from 1 to 1000")
    }
    var sums = Array(repeating: (count: 0, right: 0, confidence: 0.0), count: bins)
    for (confidence, isRight) in zip(confidences, right) {
      let place = min(max((min(max(confidence, 0), 1) * Double(bins)).rounded(.up) - 1, 0), Double(bins - 1))
      sums[Int(place)].count += 1
      sums[Int(place)].right += isRight ? 1 : 0
      sums[Int(place)].confidence += confidence
    }
    count = min(confidences.count, right.count)
    self.bins = sums.enumerated().map { index, sum in
      let total = Double(max(sum.count, 1))
      return Bin(
        lower: Double(index) / Double(bins), upper: Double(index + 1) / Double(bins), count: sum.count,
        accuracy: Double(sum.right) / total, confidence: sum.confidence / total)
    }
  }

  /// The expected calibration error: the mean of |accuracy − confidence| over the answers, bin by bin.
  public var expectedError: Double { mean { abs($0.gap) } }
  /// The largest |accuracy − confidence| of any bin.
  public var largestError: Double { bins.filter { $0.count > 0 }.map { abs($0.gap) }.max() ?? 0 }
  /// The share of right answers.
  public var accuracy: Double { mean(\.accuracy) }
  /// The mean confidence.
  public var confidence: Double { mean(\.confidence) }

  private func mean(_ figure: (Bin) -> Double) -> Double {
    bins.reduce(0) { $0 + figure($1) * Double($1.count) } / Double(max(count, 1))
  }
}

extension ClassPredictor {
  /// Whether the classifier is as often right as it says.
  ///
  /// - Parameters:
  ///   - data: Labelled images of the training data's shape and scale.
  ///   - bins: How many bins of confidence.
  /// - Returns: The bins.
  /// - Throws: `TrainerError.data` without images or labels, `TrainerError.setting`, `TrainerError.stopped`.
  public func calibration(on data: Dataset, bins: Int = 15) throws(TrainerError) -> Calibration {
    guard !data.isEmpty else { throw .data(.empty(operation: "calibration")) }
    guard data.isLabelled else { throw .data(.unlabelled(name: data.name)) }
    guard (data.labels.max() ?? 0) < classes.count else {
      throw .incompatible("the data have \(data.classes.count) classes, the classifier knows \(classes.count)")
    }
    var confidences: [Double] = []
    var right: [Bool] = []
    for start in stride(from: 0, to: data.count, by: 500) {
      if state.shouldStop() { throw .stopped }
      let images = try raising { try data.batch(Array(start..<min(start + 500, data.count))) }
      let likely = try probabilities(of: images.x)
      try raising {
        confidences += try max(likely, alongAxis: 1).scalars().map(Double.init)
        let answers = try argmax(likely, alongAxis: 1).integers()
        right += zip(answers, images.y?.integers() ?? []).map { $0 == $1 }
      }
    }
    return try Calibration(confidences: confidences, right: right, bins: bins)
  }
}
