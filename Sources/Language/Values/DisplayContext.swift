// SPDX-License-Identifier: Apache-2.0

/// For whom something is displayed.
public struct DisplayContext: Sendable, Hashable {
  /// The language of words in the display.
  public var language: MessageLanguage
  /// The canvas, for width and for whether box characters may be used.
  public var canvas: TerminalCanvas
  /// Whether a glance will do: nothing that takes longer than a keystroke is found out.
  public var isGlance = false

  /// Makes a context; the defaults describe an English pipe of 80 columns.
  public init(language: MessageLanguage = .english, canvas: TerminalCanvas = TerminalCanvas()) {
    self.language = language
    self.canvas = canvas
  }
}
