// SPDX-License-Identifier: Apache-2.0
import Language

/// Mistakes in numbers and data that only the language can make.
enum DataFault: Error {
  /// Lists of different lengths where a tensor needs equal ones.
  case ragged(Int, Int)
  /// Lists in lists in lists without end.
  case nestedTooDeep
  /// Samples of which nobody knows what data they should be like.
  case noJudge
  /// A tensor or data set without a single picture.
  case emptyImages
  /// Something that is no data set, tensor or list of pictures where one is needed.
  case noImages(String)

  var diagnostic: Diagnostic {
    switch self {
    case .ragged(let first, let second):
      Diagnostic(
        .shape,
        Text(
          "rows of a tensor must have equal lengths: \(first) and \(second)",
          zh: "张量各行的长度必须相同：\(first) 与 \(second)"),
        labels: [.init(.position(0))])
    case .nestedTooDeep:
      Diagnostic(
        .value, Text("lists are nested more than 16 deep", zh: "列表嵌套超过 16 层"), labels: [.init(.position(0))])
    case .noJudge:
      Diagnostic(
        .value, Text("nobody knows what data these samples should be like", zh: "不知道这些样本应当像哪些数据"),
        labels: [.init(.position(0))],
        help: [.init(code: "judge=judge(data)", Text("a judge of the data they imitate", zh: "由所模仿数据训练的评判者"))])
    case .emptyImages:
      Diagnostic(.data, Text("there are no pictures in it", zh: "其中没有图像"), labels: [.init(.position(0))])
    case .noImages(let type):
      Diagnostic(
        .type,
        Text("pictures are needed: a tensor, a data set or samples, not \(type)", zh: "需要图像：张量、数据集或样本，不能是 \(type)"),
        labels: [.init(.position(0), Text(type, zh: type))])
    }
  }
}
