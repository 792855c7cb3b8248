// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// Why a saved training could not be written, read or gone on with, in both languages.
enum CheckpointExplanation {
  static func diagnostic(_ error: CheckpointError, _ call: Call) -> Diagnostic {
    switch error {
    case .file(_, let inner): return TensorFileExplanation.diagnostic(inner)
    case .trainer(let inner): return TrainerExplanation(inner, call).diagnostic
    default:
      var diagnostic = Diagnostic(
        .file, Text(error.description, zh: chinese(error)), labels: [.init(.argument("path"))])
      if case .needsParts(let path, _) = error {
        diagnostic.help = [
          .init(
            code: "load_into(t, \"\(path)\")",
            Text("t being a trainer made with the same parts", zh: "t 是用相同部件创建的训练器"))
        ]
      }
      return diagnostic
    }
  }

  private static func chinese(_ error: CheckpointError) -> String {
    switch error {
    case .notACheckpoint(let path): "\(path)：含有张量，但不是保存的训练"
    case .version(let path, let found, let known): "\(path)：保存格式为 \(found)，本版本只认识 \(known)"
    case .entry(let path, let name, let reason): "\(path)：条目 \"\(name)\" 有误：\(reason)"
    case .needsParts(let path, let reason): "\(path)：仅凭文件无法重建：\(reason)"
    case .otherData(let path, let expected, let found): "\(path)：训练所用数据是 \(expected)，不是 \(found)"
    default: error.description
    }
  }
}
