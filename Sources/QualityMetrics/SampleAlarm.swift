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
  /// What a net makes of images has nothing to do with them.
  case inputIgnored(agreement: Double, chance: Double, modes: Int)

  /// A name for tables and help pages.
  public var name: String {
    switch self {
    case .collapse: "collapse"
    case .missingClasses: "missing classes"
    case .copies: "copies"
    case .blur: "blur"
    case .noise: "noise"
    case .conditionIgnored: "condition ignored"
    case .inputIgnored: "input ignored"
    }
  }

  /// From which values on an alarm is raised.
  ///
  /// Real images of all classes stay far from each of them.
  private enum Limit {
    /// Fewer than one in twenty real images lies near a sample.
    static let recall = 0.05
    /// Samples are spread out, three quarters as far from each other as real images or farther, and fewer than three
    /// quarters of them lie near a real image: a judge reads such images at random.
    static let unreadable = (spacing: 0.75, precision: 0.75)
    /// Classes are as far from their shares as if a fifth of the real data were given up, −ln 0.8.
    static let divergence = 0.223
    /// Nine in ten samples fall into two classes that real data do not favour so much.
    static let topTwo = (share: 0.9, real: 0.75)
    /// Half of the samples have a twin.
    static let copies = 500.0
    /// Pixels differ from their neighbours by little more than half as much, or by twice as much, as in real images.
    static let blur = 0.6
    static let noise = 2.0
    /// Fewer than half show what they were asked for.
    static let agreement = 0.5
  }

  /// The alarms that figures give rise to, the gravest first.
  static func raised(by quality: SampleQuality) -> [SampleAlarm] {
    let copies = quality.duplicatesPerThousand
    let sharp = quality.relativeSharpness
    var alarms: [SampleAlarm] = []
    if sharp > Limit.noise { alarms.append(.noise(relativeSharpness: sharp)) }
    if sharp < Limit.blur { alarms.append(.blur(relativeSharpness: sharp)) }
    if copies > Limit.copies { alarms.append(.copies(pairsPerThousand: copies)) }
    if let alarm = lackOfVariety(quality, isFaulty: !alarms.isEmpty) { alarms.append(alarm) }
    if let agreement = quality.labelAgreement, agreement < Limit.agreement {
      alarms.append(.conditionIgnored(agreement: agreement))
    }
    return alarms
  }

  /// Collapse, or classes that are missing.
  ///
  /// Blurred, noisy and copied samples lie apart from real ones too: that is no collapse while classes are balanced, or
  /// while the judge cannot read them.
  private static func lackOfVariety(_ quality: SampleQuality, isFaulty: Bool) -> SampleAlarm? {
    let classes = quality.classes
    let near = quality.neighbourhoods
    let missing = classes.missing
    let top = classes.topTwo
    let collapse = SampleAlarm.collapse(modes: classes.likelyModes, recall: near.recall)
    guard classes.counts.count > 3 else { return isFaulty || missing.isEmpty ? nil : .missingClasses(missing) }
    if top.share > Limit.topTwo.share, top.real < Limit.topTwo.real { return collapse }
    let isRead = near.spacing < Limit.unreadable.spacing || near.precision >= Limit.unreadable.precision
    let isApart = near.recall < Limit.recall
    if isFaulty, !isRead || (isApart && classes.divergence < Limit.divergence) { return nil }
    if isApart { return collapse }
    return missing.isEmpty ? nil : .missingClasses(missing)
  }
}
