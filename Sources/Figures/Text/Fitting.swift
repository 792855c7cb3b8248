// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
  /// The text with blanks added on the right until it takes `columns` columns.
  public func padded(to columns: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, columns - displayWidth()))
  }

  /// The text with blanks added on the left until it takes `columns` columns.
  public func rightAligned(to columns: Int) -> String {
    String(repeating: " ", count: Swift.max(0, columns - displayWidth())) + String(self)
  }

  /// The text, cut at the end so that it takes at most `columns` columns.
  ///
  /// - Parameters:
  ///   - columns: The room.
  ///   - ellipsis: What stands for the part cut off; counted in.
  /// - Returns: The text itself when it fits.
  public func cut(to columns: Int, ellipsis: String = "…") -> String {
    if displayWidth() <= columns { return String(self) }
    let room = columns - ellipsis.displayWidth()
    guard room >= 0 else { return String(repeating: " ", count: Swift.max(0, columns)) }
    var (result, width) = ("", 0)
    for character in self {
      let next = character.displayWidth()
      if width + next > room { break }
      result.append(character)
      width += next
    }
    return result + ellipsis
  }

  /// The text in lines of at most `columns` columns.
  ///
  /// Lines are broken at blanks, and beside East Asian characters, which are set without blanks.
  ///
  /// - Parameters:
  ///   - columns: The room, at least 1.
  ///   - indent: How many blanks begin every line but the first.
  /// - Returns: The lines, at least one.
  public func wrapped(to columns: Int, indent: Int = 0) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      LineBreaker(columns: Swift.max(1, columns), indent: indent).lines(of: line)
    }
  }

  /// The text on one line, without anything that a terminal would obey.
  ///
  /// Line ends and tabs become blanks; other control characters are shown as `?`. Names and labels come from files
  /// and data sets, so escape codes inside them must not reach the terminal.
  public var onOneLine: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 < 0xC2 }) { return String(self) }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result.append("?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// Breaks one line into lines that fit.
private struct LineBreaker {
  let columns: Int
  let indent: Int

  func lines(of text: some StringProtocol) -> [String] {
    var finished: [String] = []
    var (line, width) = ("", 0)
    let margin = String(repeating: " ", count: min(indent, max(0, columns - 8)))
    for piece in pieces(of: text) {
      let pieceWidth = piece.displayWidth()
      if width + pieceWidth > columns, width > margin.count || finished.isEmpty && width > 0 {
        finished.append(trimmed(line))
        (line, width) = (margin, margin.count)
        if piece == " " { continue }
      }
      line += piece
      width += pieceWidth
    }
    return finished + [trimmed(line)]
  }

  /// Words, single blanks, single wide characters, and parts of words longer than a line.
  private func pieces(of text: some StringProtocol) -> [String] {
    var pieces: [String] = []
    var (word, wordWidth) = ("", 0)
    func close() {
      if !word.isEmpty { pieces.append(word) }
      (word, wordWidth) = ("", 0)
    }
    for character in text {
      let width = character.displayWidth()
      if Self.closing.contains(character) {
        // Never at the beginning of a line.
        close()
        if let last = pieces.indices.last, pieces[last] != " " {
          pieces[last].append(character)
        } else {
          pieces.append(String(character))
        }
      } else if character == " " || width == 2 {
        close()
        pieces.append(String(character))
      } else {
        if wordWidth + width > max(1, columns - indent) { close() }
        word.append(character)
        wordWidth += width
      }
    }
    close()
    return pieces
  }

  private static let closing: Set<Character> = ["，", "。", "：", "；", "）", "、", "！", "？", "”", "》"]

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
