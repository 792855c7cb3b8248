// SPDX-License-Identifier: Apache-2.0
import Language

/// Mistakes with tables, and with the frames of a film.
enum TableFault: Error {
  /// A row that is not there.
  case noRow(index: Int, count: Int)
  /// A frame that a film does not have.
  case noFrame(index: Int, count: Int)
  /// A row with too few or too many cells.
  case wrongCells(found: Int, columns: [String])
  /// A cell for a column that is not there.
  case unknownColumn(String, columns: [String])

  var diagnostic: Diagnostic {
    switch self {
    case .noRow(let index, let count):
      return Diagnostic(
        .index, Text("the table has \(count) rows, so there is no row \(index)", zh: "表共有 \(count) 行，没有第 \(index) 行"))
    case .noFrame(let index, let count):
      return Diagnostic(
        .index,
        Text("the film has \(count) frames, so there is no frame \(index)", zh: "影片共有 \(count) 帧，没有第 \(index) 帧"))
    case .wrongCells(let found, let columns):
      let list = columns.joined(separator: ", ")
      return Diagnostic(
        .value,
        Text(
          "a row needs \(columns.count) cells (\(list)), got \(found)",
          zh: "每行需要 \(columns.count) 个单元（\(list)），得到 \(found) 个"))
    case .unknownColumn(let name, let columns):
      let list = columns.joined(separator: ", ")
      return Diagnostic(
        .name, Text("the table has no column \"\(name)\"", zh: "表中没有名为 \"\(name)\" 的列"),
        help: [.init(Text("its columns: \(list)", zh: "各列：\(list)"))])
    }
  }
}
