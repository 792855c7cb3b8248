// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What came of reading a line.
public enum LineRead: Sendable, Hashable {
  /// The user accepted this text.
  case line(String)
  /// The line was dropped.
  case interrupted
  /// There is no more input.
  case ended
}

/// The terminal cannot be used.
public struct LineEditorError: Error, Sendable, CustomStringConvertible {
  /// The error number of the system.
  public let code: Int32

  /// The system's sentence about it.
  public var description: String { unsafe String(cString: strerror(code)) }
}
