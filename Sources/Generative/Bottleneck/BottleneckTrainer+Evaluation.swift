// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
public import Tensors

/// What a bottleneck lets through, measured on some data.
///
/// Informations are in bits.
public struct InformationReport: Sendable, Hashable {
  /// How many examples it was measured on.
  public let images: Int
  /// The bound from above on what the code says of the input, I(Z; X).
  public let aboutInput: Double
  /// The bound from below on what the code says of the label, I(Z; Y).
  public let aboutLabel: Double
  /// The entropy of the labels: the most there is to say of them.
  public let labelEntropy: Double
  /// The share of right answers with one code drawn for each example.
  public let accuracyOfOne: Double
  /// The share of right answers of the mean probability over several codes.
  public let accuracyOfMany: Double
  /// How many codes that were.
  public let codes: Int
}

extension BottleneckTrainer {
  /// The logits of the mean code of each example, [count, classes].
  ///
  /// - Throws: `TrainerError.layer` for examples of another shape.
  public func logits(of examples: Tensor) throws(TrainerError) -> Tensor {
    try raising { try decoder(code(of: examples.detached(), in: lookingContext()).mean, in: lookingContext()) }
  }

  /// The codes of examples, [count, latent].
  ///
  /// - Throws: `TrainerError.layer` for examples of another shape.
  public func encode(_ examples: Tensor) throws(TrainerError) -> NormalCode {
    try raising { try code(of: examples.detached(), in: lookingContext()) }
  }

  /// What the code says of inputs and of labels, with codes drawn from a stream that is the same every time.
  ///
  /// - Parameters:
  ///   - data: Labelled examples of the training data's shape and scale.
  ///   - codes: Over how many codes probabilities are averaged; the paper takes 12.
  ///   - batch: How many examples are taken at a time.
  /// - Returns: Both bounds in bits, and how often the answers are right.
  /// - Throws: `TrainerError.data` without examples or labels, `TrainerError.layer` for another shape.
  public func information(
    _ data: Dataset, codes: Int = 12, batch: Int = 500
  ) throws(TrainerError) -> InformationReport {
    guard !data.isEmpty else { throw .data(.empty(operation: "information")) }
    guard data.isLabelled else { throw .data(.unlabelled(name: data.name)) }
    guard (1...10_000).contains(codes) else {
      throw .setting(name: "codes", value: "\(codes)", needs: "a whole number from 1 to 10000")
    }
    let random = state.streams.fixedDisplay()
    var sums = (error: 0.0, divergence: 0.0, one: 0.0, many: 0.0)
    for start in stride(from: 0, to: data.count, by: max(batch, 1)) {
      if state.shouldStop() { throw .stopped }
      let images = try raising { try data.batch(Array(start..<min(start + max(batch, 1), data.count))) }
      guard let labels = images.y else { continue }
      let count = Double(images.count)
      let code = try encode(images.x)
      var probabilities: [Tensor] = []
      for number in 0..<codes {
        let logits = try drawnLogits(code, random)
        if number == 0 {
          sums.error += try raising { try crossEntropy(logits, labels, reduction: .sum).item() }
          sums.one += try share(ofRight: logits, labels) * count
        }
        probabilities.append(try raising { try softmax(logits, alongAxis: 1) })
      }
      let mean: Tensor = try raising { try probabilities.dropFirst().reduce(probabilities[0]) { try $0 + $1 } }
      sums.many += try share(ofRight: mean, labels) * count
      sums.divergence += try raising {
        try normalDivergence(mean: code.mean, logVariance: code.logVariance).item()
      }
    }
    let (count, bit) = (Double(data.count), scalarLog(2))
    let entropy = labelEntropy(of: data)
    return InformationReport(
      images: data.count, aboutInput: sums.divergence / count / bit,
      aboutLabel: entropy - sums.error / count / bit, labelEntropy: entropy, accuracyOfOne: sums.one / count,
      accuracyOfMany: sums.many / count, codes: codes)
  }

  private func drawnLogits(
    _ code: NormalCode, _ random: RandomStream
  ) throws(TrainerError) -> Tensor {
    try raising {
      let z = try code.mean + exp(code.logVariance * 0.5) * random.normal(code.mean.shape)
      return try decoder(z, in: lookingContext())
    }
  }

  /// The entropy of the labels of data, bits.
  public func labelEntropy(of data: Dataset) -> Double {
    var counts = [Double](repeating: 0, count: max(classes.count, 1))
    for label in data.labels where counts.indices.contains(label) { counts[label] += 1 }
    let total = max(counts.reduce(0, +), 1)
    return -counts.filter { $0 > 0 }.reduce(0) { $0 + $1 / total * scalarLog($1 / total) } / scalarLog(2)
  }
}
