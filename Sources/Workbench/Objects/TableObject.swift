// SPDX-License-Identifier: Apache-2.0
import Figures
public import Language

/// A table that can grow, as a live object of the language.
public final class TableObject: HostObject {
  /// The heads of the columns.
  public let columns: [String]
  /// The rows, each with as many cells as there are columns.
  public private(set) var rows: [[Value]]
  /// The line above the table; may be empty.
  public let title: String
  /// What is said below the table, a line each.
  public let notes: [Text]
  /// Single numbers that the table says, by name: fields beside the columns.
  let figures: [(name: String, value: Value)]
  /// What is shown in place of the table; nil shows the table itself.
  let picture: (any Figure)?

  /// Makes a table.
  public convenience init(_ columns: [String], rows: [[Value]] = [], title: String = "", notes: [Text] = []) {
    self.init(columns, rows: rows, title: title, notes: notes, figures: [], picture: nil)
  }

  /// Makes a table with figures of its own, or one that is shown as a picture and holds its numbers.
  init(
    _ columns: [String], rows: [[Value]], title: String = "", notes: [Text] = [],
    figures: [(name: String, value: Value)] = [], picture: (any Figure)? = nil
  ) {
    self.figures = figures
    self.columns = columns
    self.rows = rows
    self.title = title
    self.notes = notes
    self.picture = picture
  }

  /// The name of the type.
  public static var typeName: String { "Table" }

  /// What can be asked of a table behind a dot, beside its columns.
  public static let fields: [Field<TableObject>] = [
    Field("columns", Text("The heads of the columns.", zh: "各列的标题。")) { $0.columns },
    Field("rows", Text("The rows, each a record.", zh: "各行，每行一个记录。")) { owner in
      owner.rows.map { Record(Array(zip(owner.columns, $0))) }
    },
  ]

  /// The columns, as lists, and the single figures.
  public var ownFieldNames: [String] { columns + figures.map(\.name) }

  /// A column as a list, or a figure.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    if let index = columns.firstIndex(of: name) { return .list(rows.map { $0[index] }) }
    return figures.first { $0.name == name }?.value
  }

  /// Adds a row.
  public func add(_ row: [Value]) { rows.append(row) }

  /// As in `Table 3 × 2: images, accuracy`.
  public func line(_ context: DisplayContext) -> String {
    "Table \(rows.count) × \(columns.count): " + columns.joined(separator: ", ")
  }

  /// The table.
  public func display(_ context: DisplayContext) -> Display {
    TableDisplay.display(self, context)
  }

  /// How many rows there are.
  public var length: Int? { rows.count }

  /// The rows, each a record.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    ValueIterator(rows.map { .record(Record(Array(zip(columns, $0)))) })
  }

  /// A row, as a record.
  public func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1, case .index(let value) = subscripts[0] else { return nil }
    if let name = String.convert(value) { return try ownField(name, call) }
    guard let index = Int.convert(value) else { throw TensorFault.index(value.typeName) }
    guard index < rows.count, index >= -rows.count else {
      throw TableFault.noRow(index: index, count: rows.count)
    }
    return .record(Record(Array(zip(columns, rows[index < 0 ? index + rows.count : index]))))
  }
}
