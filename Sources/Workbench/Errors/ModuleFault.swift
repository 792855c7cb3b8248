// SPDX-License-Identifier: Apache-2.0
import Language

/// Mistakes with nets that only the language can make.
enum ModuleFault: Error {
  /// An element of a parameter set through a plain variable.
  case writeThroughOwner(name: String, owner: String)
  /// A layer that is not there.
  case noLayer(index: Int, count: Int, net: String)
  /// A net called with something that is no tensor.
  case notTensor(net: String, type: String)
  /// A part of a module that is neither a layer nor a tensor.
  case notLayer(name: String, type: String)
  /// A net called with a named argument.
  case namedArgument(net: String, name: String)
  /// A net that was expected to make an image of an image of this shape.
  case mapsNoImages(net: String, shape: [Int])
  /// A hook that gives neither a tensor nor nothing.
  case hookResult(String)

  var diagnostic: Diagnostic {
    switch self {
    case .writeThroughOwner(let name, let owner):
      Diagnostic(
        .value,
        Text(
          "this is the live parameter \(owner).\(name): writing to it through a variable could change the net by accident",
          zh: "这是网络的活参数 \(owner).\(name)：经变量写入可能无意中改动网络"),
        help: [
          .init(code: "\(owner.isEmpty ? "net" : owner).\(name)[…] = …", Text("to change the net", zh: "要改网络")),
          .init(code: "W = copy(W)", Text("to change a copy", zh: "要改副本")),
        ])
    case .noLayer(let index, let count, let net):
      Diagnostic(
        .index,
        Text("\(net) has \(count) layers, so there is no layer \(index)", zh: "\(net) 有 \(count) 层，没有第 \(index) 层"),
        help: count > 0 ? [.init(Text("positions are 0 … \(count - 1)", zh: "下标为 0 … \(count - 1)"))] : [])
    case .notTensor(let net, let type):
      Diagnostic(
        .type, Text("\(net) takes a tensor, not \(type)", zh: "\(net) 需要张量，不能是 \(type)"),
        labels: [.init(.position(0), Text(type, zh: type))])
    case .notLayer(let name, let type):
      Diagnostic(
        .type,
        Text("\(name) must be a layer, a function or a tensor, not \(type)", zh: "\(name) 必须是层、函数或张量，不能是 \(type)"),
        labels: [.init(.argument(name), Text(type, zh: type))])
    case .namedArgument(let net, let name):
      Diagnostic(
        .type,
        Text("\(net) takes tensors by position, not by the name \(name)", zh: "\(net) 按位置接收张量，不接受参数名 \(name)"))
    case .hookResult(let type):
      Diagnostic(
        .type,
        Text(
          "a hook gives a tensor, which replaces what it saw, or None; this one gives \(type)",
          zh: "钩子应返回张量（替换所见到的）或 None，这里返回了 \(type)"),
        help: [.init(code: "y -> { print(mean(y)); None }", Text("to look only", zh: "只查看"))])
    case .mapsNoImages(let net, let shape):
      Diagnostic(
        .shape,
        Text(
          "\(net) does not make images of images of \(shape), so there is nothing to compare",
          zh: "\(net) 不能由形状为 \(shape) 的图像生成同样大小的图像，无从比较"),
        labels: [.init(.position(0))],
        help: [.init(code: "quality gan", Text("for a trainer that makes images of noise", zh: "用于由噪声生成图像的训练器"))])
    }
  }
}
