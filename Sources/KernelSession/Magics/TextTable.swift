// SPDX-License-Identifier: Apache-2.0
import Language

/// Rows under headings, as text and as HTML.
struct TextTable {
  let caption: String
  let headings: [String]
  var rows: [[String]]

  /// The table; the last column is cut so that no line is wider than the canvas.
  func display(_ canvas: TerminalCanvas) -> Display {
    Display(plain(canvas), parts: [MIMEPart("text/html", .text(html))])
  }

  private func plain(_ canvas: TerminalCanvas) -> String {
    if canvas.reader { return rows.map(sentence).joined(separator: "\n") }
    let widths = headings.indices.map { column in
      ([headings] + rows).map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
    }
    return ([headings] + rows).map { line($0, widths, canvas.columns) }.joined(separator: "\n")
  }

  /// `name: value` pairs, for those who have them read aloud.
  private func sentence(_ row: [String]) -> String {
    zip(headings, row).filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
  }

  private func line(_ cells: [String], _ widths: [Int], _ columns: Int) -> String {
    var line = ""
    for (cell, width) in zip(cells, widths) {
      line += "  " + cell + String(repeating: " ", count: width - DisplayWidth.columns(of: cell))
    }
    while line.last == " " { line.removeLast() }
    return DisplayWidth.fitted(line, columns: max(20, columns))
  }

  private var html: String {
    let head = headings.map { "<th scope=\"col\">\(TextTable.escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>"
        + row.enumerated().map { index, cell in
          index == 0 ? "<th scope=\"row\">\(TextTable.escaped(cell))</th>" : "<td>\(TextTable.escaped(cell))</td>"
        }.joined() + "</tr>"
    }
    return "<table><caption>\(TextTable.escaped(caption))</caption><thead><tr>\(head)</tr></thead><tbody>"
      + body.joined() + "</tbody></table>"
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
