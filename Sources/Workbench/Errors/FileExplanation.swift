// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import Tensors

/// What is wrong with a file of data, in both languages.
struct FileExplanation {
  private let error: DatasetError

  init(_ error: DatasetError) { self.error = error }

  var diagnostic: Diagnostic {
    switch error {
    case .notFound, .unreadable, .unwritable: Diagnostic(.file, Text(error.description, zh: chinese))
    case .notFinite:
      Diagnostic(
        .data, Text(error.description, zh: chinese),
        help: [
          .init(
            code: "x = where(abs(x) < 1e30, x, 0)",
            Text("zeros in place of numbers that are not finite", zh: "用 0 代替非有限的数"))
        ])
    default: Diagnostic(.data, Text(error.description, zh: chinese))
    }
  }

  private var chinese: String {
    switch error {
    case .notFound(let path): "\(path)：没有这个文件或文件夹"
    case .unreadable(let path, let reason): "\(path)：无法读取：\(reason)"
    case .unwritable(let path, let reason): "\(path)：无法写入：\(reason)"
    case .wrongMagic(let path, _, let expected): "\(path)：不是 IDX 文件，文件头应为 \(expected)"
    case .truncated(let path, let expected, let found): "\(path)：文件不完整：应有 \(expected) 字节，只有 \(found)"
    case .trailingBytes(let path, let expected, let found):
      "\(path)：应有 \(expected) 字节，却有 \(found)，多出 \(found - expected)"
    case .damagedCompression(let path, let reason): "\(path)：压缩数据已损坏：\(reason)"
    case .tooLarge(let path, let bytes, let limit): "\(path)：需要 \(bytes) 字节，上限为 \(limit)"
    case .countMismatch(let path, let images, let labels): "\(path)：\(images) 幅图像却有 \(labels) 个标签"
    case .labelOutOfRange(let path, let row, let label, let classes):
      "\(path)：第 \(row) 幅图像的标签 \(label) 不在 0 ..< \(classes) 内"
    case .badRow(let path, let line, let reason): "\(path) 第 \(line) 行：\(reason)"
    case .sizeMismatch(let path, let expected, let found): "\(path)：图像大小 \(Shape(found)) 与其余的 \(Shape(expected)) 不同"
    case .notAnImage(let path, let reason): "\(path)：不是可读的 PNG 图像：\(reason)"
    case .badArray(let path, let array, let reason): "\(path)：数组 \"\(array)\"：\(reason)"
    case .nothingInside(let path, let wanted): "\(path)：其中没有 \(wanted)"
    case .checksum(let path, let expected, let found):
      "\(path)：SHA-256 为 \(found.prefix(12))…，应为 \(expected.prefix(12))…"
    case .notFinite(let path, let number, let example, let affected, let count):
      "\(path)：第 \(example) 个样本含有 \(number == "NaN" ? number : "无穷大")"
        + (affected > 1 ? "，共 \(count) 个样本中有 \(affected) 个如此" : "")
    default: error.description
    }
  }
}
