// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Why saved values do not fit a net or an optimizer.
public enum StateMismatch: Sendable, Equatable, CustomStringConvertible {
  /// Names that the net has and the saved state has not.
  case missing([String])
  /// Names that the saved state has and the net has not.
  case unexpected([String])
  /// A tensor of another shape.
  case shape(name: String, expected: Shape, found: Shape)
  /// Another number of tensors.
  case count(expected: Int, found: Int)
  /// The state of another kind of optimizer.
  case kind(expected: String, found: String)

  /// The mismatch as an English phrase.
  public var description: String {
    switch self {
    case .missing(let names): "the saved state lacks \(names.joined(separator: ", "))"
    case .unexpected(let names): "the saved state has \(names.joined(separator: ", ")), which the net has not"
    case .shape(let name, let expected, let found): "\(name) is \(found) in the saved state and \(expected) here"
    case .count(let expected, let found): "the saved state has \(found) tensors, and \(expected) are needed"
    case .kind(let expected, let found): "the saved state is of \(found), not of \(expected)"
    }
  }
}
