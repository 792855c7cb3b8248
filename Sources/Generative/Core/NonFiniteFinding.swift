// SPDX-License-Identifier: Apache-2.0

/// Where a NaN or an infinity first appeared.
public struct NonFiniteFinding: Sendable, Hashable, CustomStringConvertible {
  /// What made it first.
  public enum Origin: Sendable, Hashable {
    /// It was put in: `D`, from 1.
    case input(net: String, place: Int)
    /// It stood in the weights before the step: `G.0.weight`.
    case weights(String)
    /// A layer made it of finite numbers, as in `D.1 Linear(784 → 128) (NaN ×3)`.
    case layer(String)
    /// The computation of a loss.
    case loss(String)
    /// The backward pass of a loss, and the first operation on the way back to make it, where that is known.
    case backward(loss: String, operation: String?)
    /// The update of an optimizer.
    case update
  }

  /// What it is, as in `NaN ×3`.
  public let kind: String
  /// The tensor: `errD`, or `gradient of D.1.weight`.
  public let tensor: String
  /// What made it first.
  public let origin: Origin
  /// The step in which it appeared, from 1; the step was undone.
  public let step: Int
  /// The loss whose update was stopped.
  public let loss: String

  /// The finding as one English sentence.
  public var description: String {
    "step \(step) stopped before its update: \(tensor) is \(kind), first in \(origin); "
      + "the state after step \(step - 1) is kept"
  }
}

extension NonFiniteFinding.Origin: CustomStringConvertible {
  /// As in `the weights G.0.weight`.
  public var description: String {
    switch self {
    case .input(let net, 1): "the input of \(net)"
    case .input(let net, let place): "input \(place) of \(net)"
    case .weights(let name): "the weights \(name)"
    case .layer(let layer): layer
    case .loss(let name): name
    case .backward(let loss, nil): "the backward pass of \(loss)"
    case .backward(let loss, let operation?): "the slope of \(operation) in the backward pass of \(loss)"
    case .update: "an optimizer's update"
    }
  }
}
