// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A tensor that is trained: a live object that optimizers change in place.
public final class Parameter {
  /// The name within its layer, as in PyTorch: `weight`.
  public let name: String
  /// The value: a leaf that gathers gradients, or apart from every graph while the parameter is frozen.
  public internal(set) var value: Tensor { didSet { revision &+= 1 } }
  /// Counts how often the value was set or changed in place.
  public private(set) var revision = 0
  /// The leaf while the parameter is frozen, so that its gradient is there again afterwards.
  private var leafWhileFrozen: Tensor?

  /// Makes a parameter with a starting value.
  ///
  /// Throws when the elements are not floats.
  public init(_ name: String, _ value: Tensor) throws(TensorError) {
    self.name = name
    self.value = try value.detached().requiringGradient(label: name)
  }

  /// How many numbers there are.
  public var count: Int { value.count }

  /// The gradient gathered since the last `clearGradient`, or nil.
  public var gradient: Tensor? { (leafWhileFrozen ?? value).gradient }

  /// Counts how often the gathered gradient was changed or forgotten.
  public var gradientChanges: Int { (leafWhileFrozen ?? value).gradientChanges }

  /// The labels of the losses that put something into the gradient.
  public var provenance: [String] { (leafWhileFrozen ?? value).provenance }

  /// What each loss put into the gradient, and by which way it came.
  public var gradientDeposits: [GradientDeposit] { (leafWhileFrozen ?? value).gradientDeposits }

  /// The number of its leaf in every graph, by which a `GradientSource` knows it.
  public var leafNumber: UInt64 { (leafWhileFrozen ?? value).graph?.number ?? 0 }

  /// Notes that an optimizer uses the gathered gradient.
  public func noteGradientUse(by user: GradientSource.User) {
    guard leafWhileFrozen == nil, let gradient else { return }
    value.noteGradientUse(by: user)
    if isWatched { usedGradient = UsedGradient(gradient: gradient, losses: provenance) }
  }

  /// What an optimizer used in the last step that was watched, whatever was added or cleared since.
  public private(set) var usedGradient: UsedGradient?

  /// Whether `usedGradient` is kept: a step function's optimizers are watched while it runs.
  public private(set) var isWatched = false

  /// Begins or ends a step that is watched; beginning forgets what was used before.
  public func watchUse(_ isOn: Bool) {
    isWatched = isOn
    if isOn { usedGradient = nil }
  }

  /// Forgets what was used, as after going back to another step.
  public func forgetUse() { usedGradient = nil }

  /// Takes something off the value, as optimizers do.
  func subtract(_ difference: Tensor) throws(TensorError) {
    try set(value.detached() - difference)
  }

  /// Forgets the gradient and where it came from.
  public func clearGradient() { (leafWhileFrozen ?? value).clearGradient() }

  /// Puts another gradient in place of the gathered one, as clipping does; where it came from stays noted.
  ///
  /// Throws when the shape is another than the value's.
  public func replaceGradient(with gradient: Tensor) throws(TensorError) {
    try (leafWhileFrozen ?? value).replaceGradient(with: gradient)
  }

  /// Whether the parameter is left alone by gradients and optimizers.
  public var isFrozen: Bool {
    get { leafWhileFrozen != nil }
    set {
      if newValue, leafWhileFrozen == nil {
        leafWhileFrozen = value
        value = value.detached()
      } else if !newValue, let leaf = leafWhileFrozen {
        leafWhileFrozen = nil
        value = leaf
      }
    }
  }

  /// Sets the value; graphs recorded earlier keep the old one, and the gathered gradient stays.
  ///
  /// Throws when the shape is another than before or the elements are not floats.
  public func set(_ newValue: Tensor) throws(TensorError) {
    guard newValue.shape == value.shape else {
      throw .mismatch(operation: name, left: value.shape, right: newValue.shape)
    }
    try value.replaceElements(with: newValue)
    try leafWhileFrozen?.replaceElements(with: newValue)
  }
}

/// A gradient as an optimizer used it.
public struct UsedGradient {
  /// Of the shape of its parameter.
  public let gradient: Tensor
  /// The labels of the losses that had put something into it.
  public let losses: [String]
}
