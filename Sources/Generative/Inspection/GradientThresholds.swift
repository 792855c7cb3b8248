// SPDX-License-Identifier: Apache-2.0

/// From which values on a gradient is flagged.
public struct GradientThresholds: Sendable, Hashable {
  /// ‖g‖ / ‖w‖ below this is vanishing.
  public private(set) var vanishing = 1e-6
  /// ‖g‖ below this share of the next layer's is vanishing.
  public private(set) var vanishingBesideNext = 1e-3
  /// ‖g‖ / ‖w‖ above this is large.
  public private(set) var large = 1.0
  /// ‖g‖ / ‖w‖ above this is exploding.
  public private(set) var exploding = 100.0
  /// A share of zeros above this is dead.
  public private(set) var dead = 0.9

  /// The usual thresholds, for a loss that is a mean over examples.
  public init() {}

  /// The names under which people change them, in the order in which they are listed.
  public enum Name: String, Sendable, CaseIterable {
    /// `vanishing`
    case vanishing
    /// `vanishingBesideNext`
    case besideNext = "beside_next"
    /// `large`
    case large
    /// `exploding`
    case exploding
    /// `dead`
    case dead

    fileprivate var field: WritableKeyPath<GradientThresholds, Double> {
      switch self {
      case .vanishing: \.vanishing
      case .besideNext: \.vanishingBesideNext
      case .large: \.large
      case .exploding: \.exploding
      case .dead: \.dead
      }
    }
  }

  /// The threshold of a name.
  public subscript(_ name: Name) -> Double { self[keyPath: name.field] }

  /// What the threshold of a name may be now, both ends included: shares lie in 0 … 1, what is exploding is large too.
  public func allowed(_ name: Name) -> ClosedRange<Double> {
    switch name {
    case .vanishing: 0...large
    case .besideNext, .dead: 0...1
    case .large: vanishing...exploding
    case .exploding: large...1e30
    }
  }

  /// Changes one threshold.
  ///
  /// - Returns: Whether the value was allowed; if not, nothing has changed.
  public mutating func set(_ name: Name, to value: Double) -> Bool {
    guard value.isFinite, allowed(name).contains(value) else { return false }
    self[keyPath: name.field] = value
    return true
  }

  /// Those for a loss that is a sum over so many examples.
  func scaled(by examples: Double) -> GradientThresholds {
    var scaled = self
    scaled.large *= examples
    scaled.exploding *= examples
    return scaled
  }
}
