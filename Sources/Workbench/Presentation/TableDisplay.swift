// SPDX-License-Identifier: Apache-2.0
import Figures
import Language
import Tensors

/// A table of the language as a figure.
enum TableDisplay {
  static func display(_ table: TableObject, _ context: DisplayContext) -> Display {
    FigureDisplay.of(table.picture ?? Self.table(table, context), context)
  }

  /// The table with its numbers in few digits.
  static func table(_ table: TableObject, _ context: DisplayContext) -> Table {
    Table(
      table.title, columns: table.columns.map { Table.Column($0) },
      rows: table.rows.map { row in row.map { cell($0, context) } }, notes: table.notes.map { $0(context.language) })
  }

  /// The number in a text such as `9.8 %`, which then stands on the right with the others.
  private static func share(_ text: String) -> Double? {
    text.hasSuffix(" %") ? Double(text.dropLast(2)).map { $0 / 100 } : nil
  }

  /// A number in few digits: small settings such as `0.0002` as they were typed.
  private static func written(_ number: Double) -> String {
    let typed = Numbers.setting(number)
    return typed.utf8.count <= 7 && number.magnitude < 1e-3 ? typed : Numbers.short(number)
  }

  /// A cell: numbers in few digits, strings without quotation marks.
  private static func cell(_ value: Value, _ context: DisplayContext) -> Table.Cell {
    switch value {
    case .nothing: .init("–", number: .nan)
    case .string(let text): .init(text, number: share(text))
    case .int(let number): .init(Numerals.typeset(String(number), .full), number: Double(number))
    case .float(let number): .init(written(number), number: number)
    case .bool(let flag): .init(flag ? "True" : "False")
    case .host(let object as EstimateObject): .init(object.line(context), number: object.number)
    case .host(let object): object.number.map { .init(Numbers.short($0), number: $0) } ?? .init(object.line(context))
    default: .init(value.typeName)
    }
  }
}
