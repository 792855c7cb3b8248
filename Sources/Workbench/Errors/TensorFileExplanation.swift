// SPDX-License-Identifier: Apache-2.0
import Language
import TensorFiles

/// What is wrong with a file of tensors, in both languages.
enum TensorFileExplanation {
  static func diagnostic(_ error: TensorFileError) -> Diagnostic {
    Diagnostic(
      .file, Text(error.description, zh: chinese(error)), labels: [.init(.argument("path"))])
  }

  private static func chinese(_ error: TensorFileError) -> String {
    switch error {
    case .unreadable(let path, let reason): "无法读取 \(path)：\(reason)"
    case .unwritable(let path, let reason): "无法写入 \(path)：\(reason)"
    case .malformed(let format, let what): "不是 \(format) 文件，或已损坏：\(what)"
    case .unsupported(let format, let what): "该 \(format) 文件含有无法读取的内容：\(what)"
    case .missing(let name, let present): "没有名为 \(name) 的数组，只有 \(present.joined(separator: "、"))"
    case .tooLarge(let bytes): "内容需要 \(bytes) 字节，超过可用内存"
    }
  }
}
