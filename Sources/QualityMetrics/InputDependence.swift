// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Whether a net that makes images of images uses the image that it is given.
///
/// A generator that is fed real images in place of noise can please its critic with one good answer for all of them; its
/// losses look like training then. What it does shows in the classes: do its outputs show what was put in?
public struct InputDependence: Sendable {
  /// What the judge says of the outputs.
  public let outputs: SampleQuality
  /// The share of outputs in the class of the image that was put in.
  public let agreement: Double
  /// The share that would be if the outputs had nothing to do with the inputs, from how often each class occurs in both.
  public let chance: Double

  /// How far above chance the agreement of a net that looks at its input must be.
  private static let margin = 0.1

  /// Judges what a net made of labelled images.
  ///
  /// - Parameters:
  ///   - images: Pixels 0 … 1, [count, channel, height, width]; at least 10.
  ///   - inputLabels: The class of the image behind each output.
  ///   - judge: Who judges.
  ///   - shouldStop: Asked now and then.
  /// - Throws: `MetricError` as `SampleQuality` does.
  public init(
    outputs images: Tensor, inputLabels: [Int], by judge: Judge, shouldStop: () -> Bool = { false }
  ) throws(MetricError) {
    outputs = try SampleQuality(
      of: images, labels: inputLabels, by: judge, neighbourLimit: 1000, shouldStop: shouldStop)
    agreement = outputs.labelAgreement ?? 0
    let (made, count) = (outputs.classes, Double(inputLabels.count))
    chance = made.counts.indices.reduce(0) { sum, label in
      let given = Double(inputLabels.count { $0 == label }) / count
      return sum + given * Double(made.counts[label]) / Double(made.total)
    }
  }

  /// Whether the outputs agree with the inputs hardly more often than by chance.
  public var ignoresInput: Bool { agreement < chance + Self.margin }

  /// What is wrong with the mapping, or nil.
  public var alarm: SampleAlarm? {
    ignoresInput ? .inputIgnored(agreement: agreement, chance: chance, modes: outputs.classes.modes) : nil
  }
}
