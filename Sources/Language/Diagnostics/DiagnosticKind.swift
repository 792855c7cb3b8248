// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
  /// The class of an error: its first word on the screen and its page in the help.
  public enum Kind: String, Sendable, CaseIterable {
    /// The text is not a program.
    case syntax = "SyntaxError"
    /// A name that nothing has.
    case name = "NameError"
    /// A value of the wrong type, or arguments that do not fit.
    case type = "TypeError"
    /// Shapes that do not fit.
    case shape = "ShapeError"
    /// A value of the right type that cannot be used.
    case value = "ValueError"
    /// An index or a key that is not there.
    case index = "IndexError"
    /// A gradient that cannot be computed.
    case gradient = "GradError"
    /// A data set that cannot be read.
    case data = "DataError"
    /// A file that cannot be read or written.
    case file = "FileError"
    /// Something asked for at the wrong time.
    case state = "StateError"
    /// The user's wish to stop.
    case interrupted = "Interrupted"
  }
}
