// SPDX-License-Identifier: Apache-2.0

/// The characters that displays are drawn with, in full or in ASCII alone.
public struct Glyphs: Sendable, Hashable {
  /// Whether only ASCII is used.
  public let isASCII: Bool

  /// Chooses the full set or ASCII.
  public init(unicode: Bool) {
    isASCII = !unicode
  }

  /// The full set.
  public static let full = Glyphs(unicode: true)
  /// ASCII alone.
  public static let ascii = Glyphs(unicode: false)

  /// What stands for something left out.
  public var ellipsis: String { isASCII ? "..." : "…" }
  /// The sign of negative numbers.
  public var minus: String { isASCII ? "-" : "−" }
  /// Between factors and sides.
  public var times: String { isASCII ? "x" : "×" }
  /// Before a deviation.
  public var plusMinus: String { isASCII ? "+-" : "±" }
  /// Between the ends of a range.
  public var range: String { isASCII ? "..." : "…" }
  /// From one thing to the next.
  public var arrow: String { isASCII ? "->" : "→" }
  /// Back to where something came from.
  public var backArrow: String { isASCII ? "<-" : "←" }
  /// A horizontal line.
  public var horizontal: String { isASCII ? "-" : "─" }
  /// A thick horizontal line, for bars.
  public var bar: String { isASCII ? "=" : "━" }
  /// A vertical line.
  public var vertical: String { isASCII ? "|" : "│" }
  /// A tick on the left axis.
  public var tick: String { isASCII ? "+" : "┤" }
  /// Where the axes meet.
  public var corner: String { isASCII ? "+" : "└" }
  /// A branch with others after it.
  public var branch: String { isASCII ? "|-- " : "├─ " }
  /// The last branch.
  public var lastBranch: String { isASCII ? "`-- " : "└─ " }
  /// The stem beside a branch with others after it.
  public var stem: String { isASCII ? "|   " : "│  " }
  /// The room below the last branch.
  public var noStem: String { isASCII ? "    " : "   " }
  /// Eight heights of a column, lowest first; in ASCII the digits 0 … 9.
  public var heights: [String] {
    isASCII
      ? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] : ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  }
  /// Eight widths of a bar's end, thinnest first; in ASCII the full width alone.
  public var widths: [String] {
    isASCII ? ["#"] : ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  }
}
