// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

/// What did not fit in a net, where, and which net would have fitted.
struct LayerExplanation {
  private let error: LayerError
  private let call: Call
  /// The net that was called and the shape that it was given, when it was called in the language.
  private let net: (any Layer)?
  private let outerInput: Shape?

  init(_ error: LayerError, _ call: Call, net: (any Layer)? = nil, input: Shape? = nil) {
    self.error = error
    self.call = call
    self.net = net
    outerInput = input ?? error.input
  }

  var diagnostic: Diagnostic {
    switch error.cause {
    case .function(let inner): return Explanation.of(inner, call) ?? shape(sentence)
    case .tensor(let inner): return inside(inner)
    case .setting(let name, let value, let needs):
      return Diagnostic(
        .value,
        Text(
          "\(error.place): \(name) is \(value), needs \(needs)",
          zh: "\(error.place)：\(name) 是 \(value)，\(Needs.wanted(needs))"),
        labels: [.init(.argument(name), Text(value, zh: value))])
    case .state: return Diagnostic(.value, sentence)
    default: return shape(sentence)
    }
  }

  /// An operation that failed inside a layer: the layer's place in front of what the operation says.
  private func inside(_ inner: TensorError) -> Diagnostic {
    var diagnostic = TensorExplanation(inner, call).diagnostic
    diagnostic.message = Text(
      "\(error.place): \(diagnostic.message(.english))", zh: "\(error.place)：\(diagnostic.message(.chinese))")
    if let input = error.input {
      diagnostic.labels = [.init(.position(0), Text(input.description, zh: input.description))]
    }
    diagnostic.notes = path + diagnostic.notes
    return diagnostic
  }

  private func shape(_ message: Text) -> Diagnostic {
    let input = outerInput.map(\.description) ?? ""
    return Diagnostic(
      .shape, message, labels: [.init(.position(0), Text(input, zh: input))], notes: path, help: help)
  }

  // MARK: The sentence

  private var sentence: Text {
    let place = error.place
    let input = error.input.map(\.description) ?? ""
    switch error.cause {
    case .lastAxis(_, let found):
      let from = error.path.isEmpty ? (", from \(input)", "，来自 \(input)") : ("", "")
      return Text("\(place) got a last axis of \(found)\(from.0)", zh: "\(place) 收到的最后一维是 \(found)\(from.1)")
    case .channels(let expected, let found):
      return Text(
        "\(place) got \(found) channels where it takes \(expected), from \(input)",
        zh: "\(place) 收到 \(found) 个通道，需要 \(expected) 个，来自 \(input)")
    case .rank(let expected):
      let axes = expected.map(String.init).joined(separator: " or ")
      let chinese = expected.map(String.init).joined(separator: " 或 ")
      return Text("\(place) takes \(axes) axes, got \(input)", zh: "\(place) 需要 \(chinese) 个轴，得到 \(input)")
    case .reshape(let target):
      return Text(
        "\(place) cannot lay out \(input): each sample must have \(target.count) elements",
        zh: "\(place) 无法重排 \(input)：每个样本须有 \(target.count) 个元素")
    case .window(let size, let image):
      return Text("\(place): a window of \(size) does not fit \(image)", zh: "\(place)：大小为 \(size) 的窗口放不进 \(image)")
    case .inputCount(let expected, let found):
      return Text("\(place) takes \(expected) tensors, got \(found)", zh: "\(place) 需要 \(expected) 个张量，得到 \(found) 个")
    case .manyOutputs(let names):
      let list = names.joined(separator: ", ")
      return Text(
        "\(place) comes after a layer with several outputs (\(list)) and takes one",
        zh: "\(place) 之前的层有多个输出（\(list)），但它只接收一个")
    case .state(let mismatch): return state(mismatch)
    default: return Text(error.description, zh: error.description)
    }
  }

  private func state(_ mismatch: StateMismatch) -> Text {
    let chinese =
      switch mismatch {
      case .missing(let names): "保存的状态缺少 \(names.joined(separator: ", "))"
      case .unexpected(let names): "保存的状态多出 \(names.joined(separator: ", "))"
      case .shape(let name, let expected, let found): "\(name) 在保存的状态中是 \(found)，此处是 \(expected)"
      case .count(let expected, let found): "保存的状态有 \(found) 个张量，需要 \(expected) 个"
      case .kind(let expected, let found): "保存的状态属于 \(found)，不是 \(expected)"
      }
    return Text("\(error.place): \(mismatch)", zh: "\(error.place)：\(chinese)")
  }

  // MARK: The path

  /// As in `path: D  Flatten [64, 100] → 1 Linear(784 → 128)  wants [*, 784]`.
  private var path: [Text] {
    guard let root = error.path.first, error.path.count > 1 else { return [] }
    let passed = error.trail.suffix(3).map { "\($0.layer) \($0.output) → " }.joined()
    let inner = error.path.dropFirst().joined(separator: ".")
    let culprit = "\(root)  \(passed)\(inner) \(error.layer)"
    guard let wanted = error.wanted else { return [Text("path: \(culprit)", zh: "路径：\(culprit)")] }
    return [Text("path: \(culprit)  wants \(wanted)", zh: "路径：\(culprit)，需要 \(wanted)")]
  }

  // MARK: Help

  private var help: [Diagnostic.Help] {
    guard case .lastAxis(let expected, _) = error.cause, let input = outerInput else { return [] }
    let text = call.argumentText(0) ?? "x"
    if let flat = flattening(input, to: expected, text) { return [flat] }
    if let bridge = bridge(from: input, to: expected, text) { return [bridge] }
    return noise(in: input, of: expected, text).map { [$0] } ?? []
  }

  /// As in `G takes noise: G(randn(real.size(0), 100))`, for images given to a net that makes images.
  private func noise(in input: Shape, of expected: Int, _ text: String) -> Diagnostic.Help? {
    guard let net, input.rank == 4, let output = try? net.outputShape(for: [input[0], expected]).shape,
      output.count == input.count
    else { return nil }
    let noise = "randn(\(text).size(0), \(expected))"
    return .init(
      replacing: .position(0), by: noise, Text("this net makes images of noise, not of images", zh: "该网络由噪声生成图像，而不是由图像")
    )
  }

  /// As in `1·28·28 = 784, so flatten first: real.flatten(1)`.
  private func flattening(_ input: Shape, to expected: Int, _ text: String) -> Diagnostic.Help? {
    guard input.rank > 2, input.count == expected * input[0] else { return nil }
    let product = input.dimensions.dropFirst().map(String.init).joined(separator: "·")
    return .init(
      Text(
        "\(product) = \(expected), so flatten first: \(text).flatten(1)",
        zh: "\(product) = \(expected)，请先展平：\(text).flatten(1)"))
  }

  /// Another net of the user's that takes this input and gives what this one wants.
  private func bridge(from input: Shape, to expected: Int, _ text: String) -> Diagnostic.Help? {
    guard let net else { return nil }
    for (name, value) in call.variables {
      guard let other = ModuleObject.convert(value)?.layer, other !== net, !(other is FunctionLayer),
        let output = try? other.outputShape(for: input).shape, (try? net.outputShape(for: output)) != nil
      else { continue }
      let sample = output.dimensions.dropFirst().map(String.init)
      let isProduct = output.rank > 2 && output.count == expected * output[0]
      let equation = isProduct ? "\(expected) = \(sample.joined(separator: "x")). " : ""
      let chineseEquation = isProduct ? "\(expected) = \(sample.joined(separator: "x"))。" : ""
      return .init(
        Text(
          "\(equation)Did you mean \(name)(\(text)), which gives \(output)?",
          zh: "\(chineseEquation)是否想写 \(name)(\(text))？它给出 \(output)"))
    }
    return nil
  }
}
