// SPDX-License-Identifier: Apache-2.0

/// Breaks sentences into lines.
public enum TextLayout {
  /// The lines of a text, none wider than `columns`; all but the first are indented.
  ///
  /// Breaks at blanks, and anywhere between wide characters, which Chinese does not separate by blanks.
  public static func wrapped(_ text: String, columns: Int, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: min(indent, max(columns - 10, 0)))
    var lines: [String] = []
    var line = ""
    var width = 0
    for piece in pieces(of: text) {
      let columnsOfPiece = DisplayWidth.columns(of: piece)
      if width + columnsOfPiece > columns, !line.allSatisfy({ $0 == " " }) {
        lines.append(trimmed(line))
        line = margin
        width = margin.utf8.count
        if piece.allSatisfy({ $0 == " " }) { continue }
      }
      if width + columnsOfPiece > columns {
        append(piece, to: &line, &width, columns, margin, &lines)
      } else {
        line += piece
        width += columnsOfPiece
      }
    }
    lines.append(trimmed(line))
    return lines
  }

  /// A word that is longer than a line.
  private static func append(
    _ piece: String, to line: inout String, _ width: inout Int, _ columns: Int, _ margin: String,
    _ lines: inout [String]
  ) {
    for scalar in piece.unicodeScalars {
      let size = DisplayWidth.columns(of: scalar)
      if width + size > columns {
        lines.append(line)
        line = margin
        width = margin.utf8.count
      }
      line.unicodeScalars.append(scalar)
      width += size
    }
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Words, runs of blanks, and single wide characters with the punctuation behind them.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var previous: Kind?
    for scalar in text.unicodeScalars {
      let kind = Kind(scalar)
      let joins = kind == previous && kind != .wide || kind == .closing
      if joins, !pieces.isEmpty {
        pieces[pieces.count - 1].unicodeScalars.append(scalar)
      } else {
        pieces.append(String(scalar))
      }
      previous = kind == .closing ? (previous ?? kind) : kind
    }
    return pieces
  }

  private enum Kind {
    case blank, word, wide, closing

    init(_ scalar: Unicode.Scalar) {
      if scalar == " " {
        self = .blank
      } else if "，。；：、！？）】”’".unicodeScalars.contains(scalar) {
        self = .closing
      } else {
        self = DisplayWidth.columns(of: scalar) == 2 ? .wide : .word
      }
    }
  }
}
