// SPDX-License-Identifier: Apache-2.0
public import Generative
public import Language
import Tensors

/// What a trainer measured at each step, as a live object of the language: its columns are lists.
public final class HistoryObject: HostObject {
  private let owner: TrainerObject

  /// Looks at the history of a trainer.
  public init(_ owner: TrainerObject) { self.owner = owner }

  /// What was measured.
  public var history: History { owner.trainer.state.history }

  /// The name of the trainer.
  public var name: String { owner.name }

  /// The name of the type.
  public static var typeName: String { "History" }

  /// What can be asked of a history behind a dot, beside its columns.
  public static let fields: [Field<HistoryObject>] = [
    Field("columns", Text("The names of the columns.", zh: "各列的名字。")) { $0.history.names },
    Field("step", Text("The step of each row.", zh: "每行的步数。")) { $0.history.steps },
    Field("epoch", Text("The epoch of each row.", zh: "每行的轮数。")) { $0.history.epochs },
    Field("notes", Text("What was changed between steps.", zh: "步与步之间的改动。")) { owner in
      owner.history.notes.map { "\($0.step): \($0.text)" }
    },
  ]

  /// The columns that were measured.
  public var ownFieldNames: [String] { history.names }

  /// A column as a tensor; NaN where a step did not measure it.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    guard let column = history[name] else { return nil }
    return try Tensor(column.map { Float($0) }, shape: [column.count]).value
  }

  /// A column by its name, for names such as `D(x)`.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1, case .index(let value) = subscripts[0], let name = String.convert(value) else {
      return nil
    }
    guard let column = try ownField(name, call) else {
      throw TableFault.unknownColumn(name, columns: history.names)
    }
    return column
  }

  /// As in `History 500 steps: errD, errG, D(x), D(G(z))`.
  public func line(_ context: DisplayContext) -> String {
    let names = history.names.joined(separator: ", ")
    return context.language == .chinese
      ? "History \(history.count) 步：\(names)" : "History \(history.count) steps: \(names)"
  }

  /// The last changes, a line each.
  private var changes: [Text] {
    let notes = history.notes.suffix(10)
    let earlier = history.notes.count - notes.count
    return
      (earlier > 0
      ? [Text("\(earlier) earlier changes: \(name).history.notes", zh: "更早的 \(earlier) 处改动见 \(name).history.notes")]
      : [])
      + notes.map { Text("after step \($0.step): \($0.text)", zh: "第 \($0.step) 步之后：\($0.text)") }
  }

  /// The last rows as a table, and below it what was changed.
  public func display(_ context: DisplayContext) -> Display {
    let history = history
    let first = max(history.count - 10, 0)
    let rows: [[Value]] = (first..<history.count).map { row in
      [.int(history.steps[row])] + history.names.map { .float(history[$0]?[row] ?? .nan) }
    }
    let table = TableObject(["step"] + history.names, rows: rows, title: line(context), notes: changes)
    return table.display(context)
  }

  /// How many steps were measured.
  public var length: Int? { history.count }
}
