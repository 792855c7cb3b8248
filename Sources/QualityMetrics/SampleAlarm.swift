// SPDX-License-Identifier: Apache-2.0

/// Something wrong with samples, in one of the ways that generators go wrong.
public enum SampleAlarm: Sendable, Hashable {
  /// Nearly everything falls into one or two classes, or no real image lies near a sample.
  case collapse(modes: Int, recall: Double)
  /// Classes that hold less than a tenth of what they should.
  case missingClasses([Int])
  /// Samples repeat each other: few images, copied.
  case copies(pairsPerThousand: Double)
  /// Samples are blurred beside real images.
  case blur(relativeSharpness: Double)
  /// Samples are noisy beside real images.
  case noise(relativeSharpness: Double)
  /// Samples do not show what they were asked for.
  case conditionIgnored(agreement: Double)

  /// A name for tables and help pages.
  public var name: String {
    switch self {
    case .collapse: "collapse"
    case .missingClasses: "missing classes"
    case .copies: "copies"
    case .blur: "blur"
    case .noise: "noise"
    case .conditionIgnored: "condition ignored"
    }
  }

  /// From which values on an alarm is raised; chosen so that real images never raise one.
  private enum Limit {
    static let recall = 0.05
    static let copies = 500.0
    static let blur = 0.6
    static let noise = 2.0
    static let divergence = 0.1
    static let agreement = 0.5
  }

  /// The alarms that figures give rise to, the gravest first.
  static func raised(by quality: SampleQuality) -> [SampleAlarm] {
    var alarms: [SampleAlarm] = []
    let copies = quality.duplicatesPerThousand
    let sharp = quality.relativeSharpness
    let recall = quality.neighbourhoods.recall
    // What the judge mistakes must not count as a class of its own.
    let judgeError = 1 - quality.judgeAccuracy
    let modes = quality.classes.covered(atLeast: 0.01 + judgeError).count
    let missing = quality.classes.missing(judgeError: judgeError)
    let classCount = quality.classes.counts.count
    if sharp > Limit.noise { alarms.append(.noise(relativeSharpness: sharp)) }
    if sharp < Limit.blur { alarms.append(.blur(relativeSharpness: sharp)) }
    if copies > Limit.copies { alarms.append(.copies(pairsPerThousand: copies)) }
    // Blurred, noisy and copied samples lie apart from real ones too: that is no collapse while all classes are there.
    let isExplained = !alarms.isEmpty && quality.classes.divergence < Limit.divergence
    if classCount > 3, modes <= 2 || (recall < Limit.recall && !isExplained) {
      alarms.append(.collapse(modes: modes, recall: recall))
    } else if !missing.isEmpty, !isExplained {
      alarms.append(.missingClasses(missing))
    }
    if let agreement = quality.labelAgreement, agreement < Limit.agreement {
      alarms.append(.conditionIgnored(agreement: agreement))
    }
    return alarms
  }
}
