// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Mistakes in what is to be drawn or saved.
enum FigureFault: Error {
  /// Something that is no list of numbers where a line needs one.
  case notSeries(String, argument: Int)
  /// A tensor whose shape is none that `wanted` says.
  case shape(Shape, wanted: Text)
  /// More or fewer values than there are points.
  case count(name: String, found: Int, points: Int)
  /// Something that cannot be drawn beside other things.
  case notFigure(String, argument: Int)
  /// A value that leads back to nothing: it was computed without a gradient.
  case noGraph
  /// A file name with an end that does not fit what is saved.
  case fileType(path: String, known: [String])
  /// A file that cannot be written.
  case unwritable(path: String, reason: String)
  /// A picture that cannot be made.
  case picture(String)
}

extension FigureFault: Explained {
  var diagnostic: Diagnostic {
    switch self {
    case .notSeries(let type, let index):
      Diagnostic(
        .type, Text("a line is drawn of numbers: a tensor or a list, not \(type)", zh: "折线需要数：张量或列表，不能是 \(type)"),
        labels: [.init(.position(index), Text(type, zh: type))])
    case .shape(let shape, let wanted):
      Diagnostic(
        .shape, Text("\(wanted.english), not \(shape)", zh: "\(wanted.chinese)，不能是 \(shape)"),
        labels: [.init(.position(0))])
    case .count(let name, let found, let points):
      Diagnostic(
        .value, Text("\(name) has \(found) values for \(points) points", zh: "\(name) 有 \(found) 个值，却有 \(points) 个点"),
        labels: [.init(.argument(name))])
    case .notFigure(let type, let index):
      Diagnostic(
        .type, Text("only pictures, plots and tables stand side by side, not \(type)", zh: "只有图像、图表和表可以并排，不能是 \(type)"),
        labels: [.init(.position(index), Text(type, zh: type))],
        help: [.init(Text("plot(…), grid(…) or Table(…) make such things", zh: "可由 plot(…)、grid(…) 或 Table(…) 得到"))])
    case .noGraph:
      Diagnostic(
        .gradient,
        Text("this value was computed without gradients, so there is no graph", zh: "该值的计算没有记录梯度，因此没有计算图"),
        labels: [.init(.position(0))],
        help: [
          .init(
            Text(
              "a loss of a net has one; detach(), no_grad() and item() end it",
              zh: "网络的损失才有计算图；detach()、no_grad() 与 item() 会切断它"))
        ])
    case .fileType(let path, let known):
      Diagnostic(
        .file,
        Text(
          "\(path): saved as \(known.joined(separator: ", "))", zh: "\(path)：只能保存为 \(known.joined(separator: "、"))"),
        labels: [.init(.argument("path"))])
    case .unwritable(let path, let reason):
      Diagnostic(
        .file, Text("\(path): cannot be written: \(reason)", zh: "\(path)：无法写入：\(reason)"),
        labels: [.init(.argument("path"))])
    case .picture(let reason):
      Diagnostic(.value, Text("no picture: \(reason)", zh: "无法成图：\(reason)"))
    }
  }
}
