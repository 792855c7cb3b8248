// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// A table as text in columns and as HTML.
enum TableDisplay {
  static func display(_ table: TableObject, _ context: DisplayContext) -> Display {
    let numeric = Set(
      table.columns.indices.filter { column in
        !table.rows.isEmpty && table.rows.allSatisfy { $0[column].isNumeric }
      })
    let cells = table.rows.map { row in row.map { text(of: $0, context) } }
    let plain = PlainTable(head: table.columns, rows: cells, right: numeric)
    let notes = table.notes.map { "  " + $0(context.language) }
    let lines = (table.title.isEmpty ? [] : [table.title]) + [plain.text] + notes
    let caption = table.title.isEmpty ? table.columns.joined(separator: ", ") : table.title
    let remarks = table.notes.map { "<p>\(HTML.escaped($0(context.language)))</p>" }.joined()
    return Display(
      lines.joined(separator: "\n"), parts: [MIMEPart("text/html", .text(plain.html(caption: caption) + remarks))])
  }

  /// A cell: numbers in few digits, strings without quotation marks.
  static func text(of value: Value, _ context: DisplayContext) -> String {
    switch value {
    case .nothing: "–"
    case .string(let text): text
    case .int(let number): String(number)
    case .float(let number): Numbers.short(number)
    case .bool(let flag): flag ? "True" : "False"
    case .host(let object): object.number.map { Numbers.short($0) } ?? object.line(context)
    default: value.typeName
    }
  }
}

extension Value {
  fileprivate var isNumeric: Bool {
    switch self {
    case .int, .float, .nothing: true
    case .host(let object): object.number != nil
    default: false
    }
  }
}
