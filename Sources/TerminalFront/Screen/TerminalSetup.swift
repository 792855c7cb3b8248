// SPDX-License-Identifier: Apache-2.0
import LineEditor

/// What a process does once before it uses its terminal.
public enum TerminalSetup {
  /// Takes the locale for the widths of characters, and sees to it that a crash leaves the terminal as it was.
  ///
  /// Call it on the thread that executes.
  public static func begin() {
    Terminal.adoptLocale()
    Terminal.guardModes()
  }
}
