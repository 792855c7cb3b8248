// SPDX-License-Identifier: Apache-2.0

/// Whether a text can be run as it stands.
public enum Completeness: Sendable, Hashable {
  /// It can.
  case complete
  /// It ends too early; `indent` is the number of blanks to start the next line with.
  case incomplete(indent: Int)
  /// No continuation makes it a program.
  case invalid
}
