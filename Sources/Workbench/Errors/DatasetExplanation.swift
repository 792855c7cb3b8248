// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import Tensors

/// What is wrong with data, in both languages.
struct DatasetExplanation {
  private let error: DatasetError
  private let call: Call

  init(_ error: DatasetError, _ call: Call) {
    self.error = error
    self.call = call
  }

  var diagnostic: Diagnostic {
    switch error {
    case .tensor(let inner): TensorExplanation(inner, call).diagnostic
    case .missing(let name, let searched, _): missing(name, searched)
    case .downloadFailed(let name, let reasons): notDownloaded(name, reasons)
    case .unknownName(let name, let known): unknown(name, known)
    case .invalid(let argument, let value, let allowed):
      Diagnostic(
        .value,
        Text(
          "\(call.name): \(argument) is \(value), needs \(allowed)",
          zh: "\(call.name)：\(argument) 是 \(value)，\(Needs.wanted(allowed))"),
        labels: [.init(.argument(argument), Text(value, zh: value))])
    case .outOfRange(let index, let count):
      Diagnostic(
        .index, Text("there is no example \(index) among \(count)", zh: "共 \(count) 个样本，没有第 \(index) 个"),
        help: count > 0 ? [.init(Text("positions are 0 … \(count - 1)", zh: "下标为 0 … \(count - 1)"))] : [])
    case .unlabelled(let name):
      Diagnostic(
        .data, Text("\(name) has no labels", zh: "\(name) 没有标签"), labels: [.init(.position(0))],
        help: (call.name == "save"
          ? [.init(code: "save \(call.argumentText(0) ?? "data") \"data.npz\"", Text("needs no labels", zh: "不需要标签"))]
          : [])
          + [.init(code: "Dataset(x, y)", Text("a data set with labels of your own", zh: "带自己标签的数据集"))])
    case .shapeMismatch(let operation, let left, let right):
      Diagnostic(
        .shape,
        Text(
          "\(operation): examples of \(Shape(left)) and of \(Shape(right))",
          zh: "\(operation)：样本形状 \(Shape(left)) 与 \(Shape(right)) 不同"),
        labels: [
          .init(.position(0), Text("\(Shape(left))", zh: "\(Shape(left))")),
          .init(.position(1), Text("\(Shape(right))", zh: "\(Shape(right))")),
        ])
    case .empty(let operation):
      Diagnostic(.data, Text("\(operation): there are no examples", zh: "\(operation)：没有样本"))
    default: FileExplanation(error).diagnostic
    }
  }

  // MARK: Names

  private func missing(_ name: String, _ searched: [String]) -> Diagnostic {
    let title = Self.title(name)
    let places = searched.joined(separator: ", ")
    return Diagnostic(
      .data, Text("no \(title) files found", zh: "没有找到 \(title) 文件"),
      notes: [Text("looked in: \(places)", zh: "找过：\(places)")],
      help: Self.otherWays + [.init(code: "dataset(\"\(name)\", download=True)")])
  }

  private func notDownloaded(_ name: String, _ reasons: [String]) -> Diagnostic {
    let title = Self.title(name)
    return Diagnostic(
      .data, Text("\(title) could not be downloaded; nothing was changed", zh: "\(title) 下载失败；没有改动任何内容"),
      notes: reasons.map { Text("\($0)", zh: "\($0)") }, help: Self.otherWays)
  }

  /// Ways to images without a download.
  private static let otherWays: [Diagnostic.Help] = [
    .init(
      code: "dataset(\"digits\")",
      Text("built in, made on the spot, nothing to install", zh: "内置，当场生成，无需安装")),
    .init(
      code: "dataset(\"fashion-mnist\")",
      Text("Debian: apt install dataset-fashion-mnist", zh: "Debian：apt install dataset-fashion-mnist")),
    .init(
      code: "dataset(\"/path/to/folder\")",
      Text("the four *-ubyte files, .gz or not", zh: "含四个 *-ubyte 文件的文件夹，可为 .gz")),
  ]

  private static func title(_ name: String) -> String {
    switch name {
    case "mnist": "MNIST"
    case "fashion-mnist": "Fashion-MNIST"
    default: name
    }
  }

  private func unknown(_ name: String, _ known: [String]) -> Diagnostic {
    let nearest = Suggestions.closest(to: name, in: known)
    let list = known.joined(separator: ", ")
    return Diagnostic(
      .data, Text("no data set is called \"\(name)\", and no file is there", zh: "没有名为 \"\(name)\" 的数据集，也没有这个文件"),
      labels: [.init(.argument("name"))],
      help: (nearest.map { [.init(code: "dataset(\"\($0)\")")] } ?? []) + [
        .init(Text("known: \(list)", zh: "已知：\(list)"))
      ])
  }
}
