// SPDX-License-Identifier: Apache-2.0
import Language

/// A table as text in columns, and as HTML with a caption and header cells.
struct PlainTable {
  let head: [String]
  let rows: [[String]]
  /// The columns whose cells stand at the right.
  let right: Set<Int>

  init(head: [String], rows: [[String]], right: Set<Int> = []) {
    self.head = head
    self.rows = rows
    self.right = right
  }

  /// Head and rows in columns, two blanks in front and between.
  var text: String {
    let widths = head.indices.map { column in
      ([head] + rows).map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
    }
    return ([head] + rows).map { row in
      let cells = row.enumerated().map { index, cell in
        let blanks = String(repeating: " ", count: widths[index] - DisplayWidth.columns(of: cell))
        return right.contains(index) ? blanks + cell : cell + blanks
      }
      return trimmed("  " + cells.joined(separator: "  "))
    }.joined(separator: "\n")
  }

  private func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }

  /// The table as HTML.
  func html(caption: String) -> String {
    let header = head.map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }.joined()
    let body = rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0 ? "<th scope=\"row\">\(HTML.escaped(cell))</th>" : "<td>\(HTML.escaped(cell))</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return "<table><caption>\(HTML.escaped(caption))</caption><thead><tr>\(header)</tr></thead>"
      + "<tbody>\(body.joined())</tbody></table>"
  }
}
