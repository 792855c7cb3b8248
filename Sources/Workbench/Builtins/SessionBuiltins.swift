// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

extension Builtin {
  static let seed = Builtin(
    "seed", .verb, in: .session,
    Text("Starts all random streams of the session again from a number.", zh: "用一个数重新设定会话的所有随机流。"),
    Parameter<Int>("n", Text("The seed.", zh: "种子。")),
    Parameter<Int>("made", Text("How many objects count as made.", zh: "视为已创建的对象数。"), default: 0),
    Parameter<Int>("drawn", Text("How far randn and its kin are on.", zh: "randn 等已取用的位置。"), default: 0),
    Parameter<Int>("dropped", Text("How far dropout is on.", zh: "dropout 已取用的位置。"), default: 0),
    examples: [Example("seed 42; a = randn(2); seed 42; all(a == randn(2))", shows: "True")]
  ) { call, number, made, drawn, dropped in
    let state = call.state
    let before = state.place
    state.place = WorkbenchState.Place(
      seed: UInt64(bitPattern: Int64(number)), made: UInt64(max(made, 0)), drawn: UInt64(max(drawn, 0)),
      dropped: UInt64(max(dropped, 0)))
    // With `with seed(7) { … }` the session goes on afterwards as if nothing had been drawn.
    return ScopeObject("seed(\(number))", isQuiet: true, enter: { _ in }, leave: { call in call.state.place = before })
  }

  static let table = Builtin(
    "Table", .constructor, in: .display, Text("A table that can grow.", zh: "可以逐行增加的表。"),
    Parameter<Rest<String>>("columns", Text("The heads of the columns.", zh: "各列的标题。")),
    examples: [Example("t = Table(\"images\", \"accuracy\"); t.add(100, 0.713); show t", shows: "0.713")]
  ) { _, columns in TableObject(columns.elements) }

  static let addRow = Builtin(
    "add", .function, in: .display, Text("Adds a row to a table.", zh: "在表中增加一行。"),
    Parameter<TableObject>("table", Text("The table.", zh: "表。")),
    Parameter<Rest<Value>>("cells", Text("The cells, in the order of the columns.", zh: "按列的次序给出的单元。")),
    Parameter<NamedRest<Value>>("row", Text("The cells, by the names of the columns.", zh: "按列名给出的单元。")),
    examples: [Example("t = Table(\"a\", \"b\"); t.add(a=1, b=2); len(t)", shows: "1")]
  ) { _, table, cells, row in
    table.add(try row.elements.isEmpty ? ordered(cells.elements, table) : named(row.elements, table))
    return table
  }

  private static func ordered(_ cells: [Value], _ table: TableObject) throws -> [Value] {
    guard cells.count == table.columns.count else {
      throw TableFault.wrongCells(found: cells.count, columns: table.columns)
    }
    return cells
  }

  private static func named(_ row: [(name: String, value: Value)], _ table: TableObject) throws -> [Value] {
    for (name, _) in row where !table.columns.contains(name) {
      throw TableFault.unknownColumn(name, columns: table.columns)
    }
    return table.columns.map { column in row.first { $0.name == column }?.value ?? .nothing }
  }

  static let session: [Builtin] = [seed, table, addRow]
}
