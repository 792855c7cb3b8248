// SPDX-License-Identifier: Apache-2.0

/// Whether a text can be executed as it stands.
public enum Completeness: Sendable, Hashable {
  /// It can.
  case complete
  /// More lines are needed; the next one starts with `indent` blanks.
  case incomplete(indent: Int)
  /// No line that follows can make it right.
  case invalid
}
