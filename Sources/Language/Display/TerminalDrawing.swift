// SPDX-License-Identifier: Apache-2.0

/// Something that can draw itself on a terminal of a given size and ability.
public protocol TerminalDrawing: Sendable {
  /// The lines to print, escape codes included where the canvas allows them, without a final newline.
  func draw(on canvas: TerminalCanvas) -> String
}

/// What a terminal can show.
public struct TerminalCanvas: Sendable, Hashable {
  /// The ways to put a picture on a terminal.
  public enum Graphics: String, Sendable, CaseIterable {
    /// The graphics protocol of kitty.
    case kitty
    /// Inline images of iTerm2.
    case iterm
    /// DEC sixel.
    case sixel
    /// Upper half blocks in 24-bit or 256 colours.
    case half
    /// The five shades of the block elements.
    case shade
    /// Braille dots, one bit each.
    case braille
    /// Characters of ASCII by their darkness.
    case ascii
    /// PNG files whose paths are printed.
    case files
    /// No pictures, captions only.
    case none
  }

  /// How many colours text may use.
  public enum Colour: Sendable, Hashable {
    /// None: NO_COLOR, a dumb terminal or a pipe.
    case none
    /// The sixteen colours of the user's theme.
    case sixteen
    /// The 256 of xterm.
    case palette
    /// 24 bits.
    case full
  }

  /// Width in columns.
  public var columns: Int
  /// Height in rows.
  public var rows: Int
  /// The way to draw pictures.
  public var graphics: Graphics
  /// The colours of text.
  public var colour: Colour
  /// Whether box and block characters may be used.
  public var unicode: Bool
  /// Whether the output is read aloud: no boxes, no sparklines, longer captions.
  public var reader: Bool

  /// Makes a canvas; the defaults describe a pipe.
  public init(
    columns: Int = 80, rows: Int = 24, graphics: Graphics = .none, colour: Colour = .none, unicode: Bool = true,
    reader: Bool = false
  ) {
    self.columns = columns
    self.rows = rows
    self.graphics = graphics
    self.colour = colour
    self.unicode = unicode
    self.reader = reader
  }
}
