// SPDX-License-Identifier: Apache-2.0

/// Where a NaN or an infinity first appeared.
public struct NonFiniteFinding: Sendable, Hashable, CustomStringConvertible {
  /// What it is, as in `NaN ×3`.
  public let kind: String
  /// The tensor: `errD`, or `gradient of D.1.weight`.
  public let tensor: String
  /// The layer or loss that made it first, as in `D.1 Linear(784 → 128)`; nil if it could not be told.
  public let origin: String?
  /// The step in which it appeared, from 1; the step was undone.
  public let step: Int
  /// The loss whose update was stopped.
  public let loss: String

  /// The finding as one English sentence.
  public var description: String {
    let made = origin.map { ", first in \($0)" } ?? ""
    return
      "step \(step) stopped before its update: \(tensor) is \(kind)\(made); the state after step \(step - 1) is kept"
  }
}
