// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// The table as HTML, with a caption and headings that screen readers can announce.
  public func html(_ wording: Wording = .english) -> String {
    let caption = [title, aside].filter { !$0.isEmpty }.joined(separator: " · ")
    var html = "<table>\n"
    if !caption.isEmpty { html += "<caption>\(Markup.escaped(caption))</caption>\n" }
    html += "<thead><tr>"
    for column in columns.indices {
      html += "<th scope=\"col\"\(style(column))>\(Markup.escaped(columns[column].name.onOneLine))</th>"
    }
    html += "</tr></thead>\n"
    for (section, rows) in shownRows() { html += body(section.heading, rows, wording) }
    html += "</table>\n"
    for note in notes { html += "<p>\(Markup.escaped(note.onOneLine))</p>\n" }
    return html
  }

  private func body(_ heading: String, _ rows: [[Cell]?], _ wording: Wording) -> String {
    var html = "<tbody>\n"
    if !heading.isEmpty {
      let text = Markup.escaped(heading)
      html += "<tr><th scope=\"rowgroup\" colspan=\"\(columns.count)\" style=\"text-align:left\">\(text)</th></tr>\n"
    }
    for row in rows {
      guard let row else {
        let more = wording("\(hiddenRowCount) more rows", "另有 \(hiddenRowCount) 行")
        html += "<tr><td colspan=\"\(columns.count)\">… \(more)</td></tr>\n"
        continue
      }
      html += "<tr>"
      for column in columns.indices {
        let text = Markup.escaped(cell(row, column).text)
        html += column == 0 ? "<th scope=\"row\"\(style(column))>\(text)</th>" : "<td\(style(column))>\(text)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n"
  }

  private func style(_ column: Int) -> String {
    let side = isRightAligned(column) ? "right" : "left"
    // Numbers, shapes and small pictures must not be broken; what is longer scrolls.
    let isWhole = isRightAligned(column) || columns[column].isPicture
    // Pages give cells so much room that many columns would not fit a narrow pane.
    let room = columns.count > 7 ? ";padding:.4em .25em" : ""
    return " style=\"text-align:\(side)\(isWhole ? ";white-space:nowrap" : "")\(room)\""
  }

  /// The table as comma-separated values (RFC 4180), numbers in full, all rows; sections become a first column.
  public func csv() -> String {
    let hasSections = sections.contains { !$0.heading.isEmpty }
    func line(_ fields: [String]) -> String { fields.map(Self.csvField).joined(separator: ",") + "\r\n" }
    var text = line((hasSections ? ["section"] : []) + columns.map(\.name))
    for section in sections {
      for row in section.rows {
        let fields = columns.indices.map { column in
          let cell = cell(row, column)
          guard let number = cell.number else { return cell.text }
          return number.isNaN ? (cell.text == "NaN" ? "NaN" : "") : Self.csvNumber(number)
        }
        text += line((hasSections ? [section.heading] : []) + fields)
      }
    }
    return text
  }

  private static func csvNumber(_ number: Double) -> String {
    guard let whole = Int(exactly: number) else { return number.description }
    return String(whole)
  }

  private static func csvField(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
