// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

/// Values that a file cannot take as they were given.
enum SavingFault: Error, Explained {
  /// Pictures to a file of examples: both as typed.
  case picturesAsData(images: String, path: String)
  /// A net to .onnx that does not tell what it takes.
  case noInput(net: String, path: String)

  var diagnostic: Diagnostic {
    switch self {
    case .picturesAsData(let images, let path):
      Diagnostic(
        .file,
        Text(
          "\(path): images are saved as the picture that is seen, .png or .txt; a data set holds their values",
          zh: "\(path)：图像按所见保存为 .png 或 .txt；数据集才保存其数值"),
        labels: [.init(.argument("path"))], help: [.init(code: "save(Dataset(\(images)), \"\(path)\")")])
    case .noInput(let net, let path):
      Diagnostic(
        .value,
        Text(
          "\(path): an .onnx file states the shape of one example, and \(net) does not tell it",
          zh: "\(path)：.onnx 文件写明单个样例的形状，而 \(net) 没有说明"),
        labels: [.init(.position(0))],
        help: [
          .init(
            code: "save(\(net), \"\(path)\", input=1x28x28)",
            Text("for grey images of 28 × 28", zh: "用于 28 × 28 的灰度图像"))
        ])
    }
  }
}

extension LayerError {
  /// Whether a net did not tell what it takes.
  var lacksInput: Bool {
    if case .setting(name: "input", value: "None", _) = cause { true } else { false }
  }
}
