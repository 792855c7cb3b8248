// SPDX-License-Identifier: Apache-2.0

/// What a figure is drawn on as text: a terminal of some size and ability, or a plain page.
public struct Canvas: Sendable, Hashable {
  /// The ways to put a picture into text.
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
    /// No pictures, captions only.
    case none
  }

  /// How many colours there are.
  public enum Color: Int, Sendable, Comparable {
    /// None: no escape codes at all.
    case none
    /// The sixteen of the user's theme.
    case sixteen
    /// The 256 of xterm.
    case palette
    /// 24 bits.
    case full

    /// Fewer colours come first.
    public static func < (left: Color, right: Color) -> Bool { left.rawValue < right.rawValue }
  }

  /// Width in columns.
  public var columns: Int
  /// Height in rows.
  public var rows: Int
  /// The way to draw pictures.
  public var graphics: Graphics
  /// The colours.
  public var color: Color
  /// Whether characters beyond ASCII may be drawn, boxes and blocks among them.
  public var unicode: Bool
  /// Whether the text is read aloud: no boxes, no small pictures, longer captions.
  public var reader: Bool
  /// Whether blanks between braille dots are braille too, for pages whose letters may be narrower than their dots.
  public var fillsBraille: Bool
  /// The language of what figures say themselves.
  public var wording: Wording

  /// Makes a canvas; the defaults describe a page of plain text that shows pictures in braille dots.
  public init(
    columns: Int = 80, rows: Int = 20, graphics: Graphics = .braille, color: Color = .none, unicode: Bool = true,
    reader: Bool = false, fillsBraille: Bool = false, wording: Wording = .english
  ) {
    self.columns = columns
    self.rows = rows
    self.graphics = graphics
    self.color = color
    self.unicode = unicode
    self.reader = reader
    self.fillsBraille = fillsBraille
    self.wording = wording
  }

  /// A page of plain text, 80 columns wide.
  public static let plain = Canvas(fillsBraille: true)

  /// The width that layouts work with: too narrow a terminal is treated as 20 columns, an endless one as 1000.
  var width: Int { min(max(columns, 20), 1000) }

  /// The characters of the canvas.
  var glyphs: Glyphs { Glyphs(unicode: unicode) }

  /// Whether braille dots may be drawn: they have one width everywhere, unlike boxes and blocks.
  var drawsBraille: Bool { unicode || graphics == .braille }
}

/// Something that people look at.
public protocol Figure: Sendable {
  /// The figure as lines of text for a canvas, its caption included, without a final line end.
  func text(on canvas: Canvas) -> String

  /// What is to be seen, in words, for those who cannot see it.
  func alternativeText(_ wording: Wording) -> String
}

extension Figure {
  /// The figure as a page of plain text, at most 80 columns wide, without escape codes.
  public var plainText: String { text(on: .plain) }

  /// What is to be seen, in English.
  public var alternativeText: String { alternativeText(.english) }
}
