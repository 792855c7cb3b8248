// SPDX-License-Identifier: Apache-2.0
public import Datasets

/// Whether samples are closer to the training images than new real images are.
public struct Memorization: Sendable {
  /// The median distance of a sample to its nearest training image.
  public let sampleDistance: Double
  /// The median distance of a held-out real image to its nearest training image.
  public let heldOutDistance: Double
  /// The share of samples closer to a training image than all but one in a hundred held-out images are.
  public let copiedShare: Double
  /// The nearest training image of each sample.
  public let nearest: [Neighbour]

  /// The standard errors of both medians.
  public let errors: (sample: Double, heldOut: Double)

  /// The ratio with its standard error, the relative errors of both medians together.
  public var ratioEstimate: Estimate {
    guard sampleDistance > 0, heldOutDistance > 0 else { return Estimate(ratio, standardError: 0) }
    let (own, other) = (errors.sample / sampleDistance, errors.heldOut / heldOutDistance)
    return Estimate(ratio, standardError: ratio * (own * own + other * other).squareRoot())
  }

  /// Below 1 when samples are closer to the training images than new images would be.
  public var ratio: Double { heldOutDistance > 0 ? sampleDistance / heldOutDistance : 1 }
}

/// Compares the distances of samples and of held-out images to their nearest training images.
///
/// - Parameters:
///   - samples: Pixels in 0 … 1.
///   - training: The images that the generator has seen.
///   - heldOut: Images that it has not seen.
///   - limit: The most held-out images that are measured.
///   - shouldStop: Asked between blocks.
/// - Returns: Both medians and the share of samples that are all but copies.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` without samples or held-out images, `MetricError.stopped`.
public func memorization(
  of samples: Features, training: Dataset, heldOut: Dataset, limit: Int = 1000, shouldStop: () -> Bool = { false }
) throws(MetricError) -> Memorization {
  guard samples.count >= 1, heldOut.count >= 1 else {
    throw .tooFew(measure: "memorization", found: min(samples.count, heldOut.count), needed: 1)
  }
  let own = try nearestImages(to: samples, in: training, shouldStop: shouldStop).compactMap(\.first)
  let reference = try measuring {
    let part = try heldOut.prefix(max(limit, 1))
    return Features(try part.unscaled.x())
  }
  let others = try nearestImages(to: reference, in: training, shouldStop: shouldStop).compactMap(\.first?.distance)
    .sorted()
  let closest = others[others.count / 100]
  let copied = own.count { $0.distance < closest }
  let (sample, heldOut) = (Estimate(medianOf: own.map(\.distance)), Estimate(medianOf: others))
  return Memorization(
    sampleDistance: sample.value, heldOutDistance: heldOut.value,
    copiedShare: Double(copied) / Double(own.count), nearest: own,
    errors: (sample.standardError, heldOut.standardError))
}

/// The middle of some numbers; NaN of none.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  guard !sorted.isEmpty else { return .nan }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
