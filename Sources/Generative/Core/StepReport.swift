// SPDX-License-Identifier: Apache-2.0

/// A number with the name under which people know it, as `errD`.
public struct NamedValue: Sendable, Hashable {
  /// The name: `errD`, `D(x)`, `kl`.
  public let name: String
  /// The number.
  public let value: Double

  /// A number with its name.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// What one step of training did, as plain numbers.
public struct StepReport: Sendable, Hashable {
  /// The step's number, from 1.
  public let step: Int
  /// The epoch it belonged to, from 0.
  public let epoch: Int
  /// How many examples it saw.
  public let examples: Int
  /// The losses and what else the trainer measures, in the order in which people read them.
  public let values: [NamedValue]

  /// The value of a name, or nil.
  public subscript(_ name: String) -> Double? { values.first { $0.name == name }?.value }
}
