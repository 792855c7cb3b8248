// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Tensors

/// The accuracy on real images of a classifier trained on samples alone: what the samples are worth as training data.
///
/// The judge's net, 1200 batches of 128, Adam with the rate falling from 0.002 to zero: enough that 10 000 real images
/// of handwritten digits give 0.98, so that the figure speaks of the samples and not of the budget. Real images in
/// place of samples give the figure to compare with. Ravuri and Vinyals 2019, arXiv:1905.10887, who find that
/// distances in features predict it poorly.
///
/// - Parameters:
///   - samples: Labelled samples.
///   - test: Labelled real images.
///   - steps: How many batches it is trained on.
///   - seed: What weights and order follow from.
///   - shouldStop: Asked before each step.
/// - Returns: The share of right answers, overall and for each class of the test images.
/// - Throws: `MetricError.argument` for less than one step, `MetricError.unlabelled`, `MetricError.mismatch`, `MetricError.stopped`.
public func classificationAccuracyScore(
  samples: Dataset, test: Dataset, steps: Int = 1200, seed: UInt64 = 0, shouldStop: () -> Bool = { false }
) throws(MetricError) -> (accuracy: Double, perClass: [Double]) {
  guard steps >= 1 else { throw .argument(name: "steps", value: String(steps), needs: "a whole number from 1") }
  guard samples.isLabelled, test.isLabelled else { throw .unlabelled(measure: "CAS") }
  guard samples.exampleShape == test.exampleShape else {
    throw .mismatch(measure: "CAS", left: samples.exampleShape, right: test.exampleShape)
  }
  guard !samples.isEmpty, !test.isEmpty else { throw .tooFew(measure: "CAS", found: 0, needed: 1) }
  return try measuring {
    let classes = max(samples.classes.count, test.classes.count)
    let random = RandomStream(seed: seed, stream: 1)
    let net = try JudgeNet(shape: test.exampleShape, classes: classes, random: random)
    try net.train(
      on: samples, steps: steps, batch: 128, rate: 2e-3, seed: seed, progress: { _ in },
      shouldStop: shouldStop)
    let opinion = try net.look(at: test, scale: 1, shouldStop: shouldStop)
    var right = [Int](repeating: 0, count: test.classes.count)
    for (answer, label) in zip(opinion.labels, test.labels) where answer == label { right[label] += 1 }
    let shares = zip(right, test.classCounts).map { Double($0) / Double(max($1, 1)) }
    return (Double(right.reduce(0, +)) / Double(test.count), shares)
  }
}
