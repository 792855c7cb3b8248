// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Everything a judge can say of some samples, beside the real test images.
///
/// No single figure suffices: a handful of training images copied many times has a small Fréchet distance, a collapsed
/// generator may have a high precision.
public struct SampleQuality: Sendable {
  /// How many samples were judged.
  public let samples: Int
  /// The judge's accuracy on the real test images, to be printed beside every figure.
  public let judgeAccuracy: Double
  /// The Fréchet distance in the judge's features.
  public let frechet: Double
  /// The kernel distance in the judge's features.
  public let kernel: Estimate
  /// Precision, recall, density and coverage in the judge's features.
  public let neighbourhoods: PrecisionRecall
  /// Which classes the samples fall into.
  public let classes: ClassBalance
  /// How sure the judge is of the samples, on average.
  public let confidence: Double
  /// How sure it is of real test images.
  public let realConfidence: Double
  /// The sharpness of the samples divided by that of real images.
  public let relativeSharpness: Double
  /// Pairs of samples that are all but the same, scaled to 1000 samples.
  public let duplicatesPerThousand: Double
  /// The share of samples that fall into the class they were asked for; nil without such labels.
  public let labelAgreement: Double?
  /// How far chance may have moved the figures that are no shares; nil unless asked for.
  public let errors: SampleErrors?

  /// Judges samples.
  ///
  /// - Parameters:
  ///   - images: Samples, pixels 0 … 1, [count, channel, height, width]; at least 10.
  ///   - labels: The classes that were asked for, or nil.
  ///   - judge: Who judges.
  ///   - neighbourLimit: The most samples for precision and recall; their time grows with its square.
  ///   - hasErrors: Whether errors are estimated too, which takes some twenty Fréchet distances.
  ///   - shouldStop: Asked now and then.
  /// - Throws: `MetricError.tooFew`, `MetricError.mismatch`, `MetricError.notFinite`, `MetricError.stopped`.
  public init(
    of images: Tensor, labels: [Int]? = nil, by judge: Judge, neighbourLimit: Int = 3000,
    hasErrors: Bool = false, shouldStop: () -> Bool = { false }
  ) throws(MetricError) {
    let count = images.rank > 0 ? images.shape[0] : 0
    guard images.shape.dimensions.dropFirst().elementsEqual(judge.imageShape) else {
      throw .mismatch(measure: "samples", left: Array(images.shape.dimensions.dropFirst()), right: judge.imageShape)
    }
    guard count >= 10 else { throw .tooFew(measure: "samples", found: count, needed: 10) }
    guard labels.map({ $0.count == count }) ?? true else {
      throw .mismatch(measure: "labels", left: [labels?.count ?? 0], right: [count])
    }
    let opinion = try judge.look(at: images, shouldStop: shouldStop)
    let reference = judge.reference
    try Features.check(opinion.features, reference.features, for: "samples", atLeast: 10)
    let pixels = Features(images.detached())
    samples = count
    judgeAccuracy = judge.accuracy
    frechet = NormalFit(opinion.features).distance(to: reference.fit)
    kernel = try kernelDistance(opinion.features, reference.features)
    if shouldStop() { throw .stopped }
    neighbourhoods = try precisionAndRecall(
      generated: opinion.features, real: reference.features, limit: neighbourLimit)
    classes = try ClassBalance(
      counts: opinion.counts(classes: judge.classes.count), confusion: reference.confusion)
    (confidence, realConfidence) = (opinion.meanConfidence, reference.confidence)
    let real = reference.sharpness
    relativeSharpness = real > 0 ? try sharpness(of: pixels.prefix(1000), shape: judge.imageShape) / real : 1
    let compared = Double(min(count, 1000))
    let pairs = try duplicatePairs(pixels, limit: 1000).count
    duplicatesPerThousand = Double(pairs) * (1000 * 999) / max(compared * (compared - 1), 1)
    labelAgreement = labels.map { asked in
      Double(zip(asked, opinion.labels).count { $0 == $1 }) / Double(count)
    }
    errors =
      hasErrors
      ? try SampleErrors(opinion, reference.features, pixels.prefix(1000), sharpnessUnit: real, shape: judge.imageShape)
      : nil
  }

  /// The alarms that the figures give rise to.
  public var alarms: [SampleAlarm] { SampleAlarm.raised(by: self) }
}

/// How far chance may have moved what is said of samples, as standard errors.
public struct SampleErrors: Sendable, Hashable {
  /// That of the Fréchet distance.
  public let frechet: Double
  /// That of the judge's mean confidence.
  public let confidence: Double
  /// That of the sharpness beside real images.
  public let relativeSharpness: Double

  init(
    _ opinion: JudgeOpinion, _ real: Features, _ pixels: Features, sharpnessUnit: Double, shape: [Int]
  ) throws(MetricError) {
    frechet = try frechetEstimate(opinion.features, real).standardError
    confidence = Estimate(meanOf: opinion.confidences).standardError
    let sharpness = Estimate(meanOf: sharpnesses(of: pixels, shape: shape)).standardError
    relativeSharpness = sharpnessUnit > 0 ? sharpness / sharpnessUnit : 0
  }
}
