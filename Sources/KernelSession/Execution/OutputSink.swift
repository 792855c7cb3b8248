// SPDX-License-Identifier: Apache-2.0
public import Language

/// Where a running cell sends what it shows, and asks for what the user types.
///
/// The session calls it on the thread that executes, in order.
public protocol OutputSink: AnyObject {
  /// Takes one output; the order of calls is the order in which people see them.
  func emit(_ output: Output)

  /// Asks the user for a line, without its newline; `password` hides what is typed.
  ///
  /// Returns early when the running cell is interrupted.
  func readLine(prompt: String, password: Bool) throws(InputError) -> String

  /// Where live controls can be shown; nil when the front has no place for them.
  var panels: (any PanelHost)? { get }
}

extension OutputSink {
  /// No place for live controls.
  public var panels: (any PanelHost)? { nil }
}

/// Why a line that a cell asked for did not come.
public enum InputError: Error, Sendable, CaseIterable {
  /// The front cannot ask: a script, or a client that forbids it.
  case notAllowed
  /// The input ended.
  case ended
  /// The cell was interrupted while it waited.
  case interrupted
}
