// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// The table as aligned columns, or as `name: value` lines in reader mode.
  public func text(on canvas: Canvas) -> String {
    let lines = canvas.reader ? spokenLines(canvas) : TableLayout(self, canvas).lines()
    return (lines + noteLines(canvas)).map(canvas.inRepertoire).joined(separator: "\n")
  }

  private func noteLines(_ canvas: Canvas) -> [String] {
    notes.flatMap { $0.onOneLine.wrapped(to: canvas.width, indent: 2) }
  }

  private func spokenLines(_ canvas: Canvas) -> [String] {
    let heading = [title, aside].filter { !$0.isEmpty }.joined(separator: ", ")
    var lines = heading.isEmpty ? [] : heading.wrapped(to: canvas.width)
    for (section, rows) in shownRows() {
      if !section.heading.isEmpty { lines += section.heading.wrapped(to: canvas.width) }
      for row in rows {
        guard let row else {
          lines.append(canvas.wording("\(hiddenRowCount) rows left out", "略去 \(hiddenRowCount) 行"))
          continue
        }
        lines += spokenRow(row).flatMap { $0.wrapped(to: canvas.width, indent: 4) }
      }
    }
    return lines
  }

  private func spokenRow(_ row: [Cell]) -> [String] {
    columns.indices.compactMap { column in
      let cell = cell(row, column)
      guard !columns[column].isPicture, !cell.text.isEmpty else { return nil }
      let name = columns[column].name
      let text = name.isEmpty || name == "#" ? cell.text : "\(name): \(cell.text)"
      return column == 0 ? text : "  " + text
    }
  }
}

extension Canvas {
  /// A line in the characters that the canvas can draw.
  func inRepertoire(_ line: String) -> String {
    unicode ? line : Glyphs.spelled(line)
  }
}

extension Glyphs {
  /// A text in ASCII, as far as it consists of the symbols that displays use.
  public static func spelled(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for character in text { result += replacements[character] ?? String(character) }
    return result
  }

  /// Spellings of the symbols that displays use, where only ASCII is safe; what people wrote themselves stays.
  private static let replacements: [Character: String] = [
    "−": "-", "×": "x", "…": "...", "±": "+-", "‖": "|", "→": "->", "←": "<-", "·": ".", "≥": ">=", "≤": "<=",
    "∂": "d", "μ": "mu", "σ": "sd", "✂": "(cut)", "✓": "yes", "“": "\"", "”": "\"", "′": "'", "≈": "~", "°": " deg",
    "–": "-", "—": "-", "★": "*", "━": "=", "─": "-", "∞": "inf", "‘": "'", "’": "'",
    "▁": "0", "▂": "1", "▃": "2", "▄": "4", "▅": "5", "▆": "6", "▇": "8", "█": "9",
  ]
}
