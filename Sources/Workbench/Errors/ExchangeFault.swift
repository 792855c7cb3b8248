// SPDX-License-Identifier: Apache-2.0
import Language

/// Why a net, a layer or an optimizer cannot be put in the place of another.
enum ExchangeFault: Error, Explained {
  /// Something that is no layer.
  case notLayer(place: String, type: String, isNet: Bool)
  /// Something that is no optimizer.
  case notOptimizer(place: String, weights: String, type: String)
  /// More or fewer layers than places.
  case count(place: String, places: Int, given: Int)
  /// A net put into itself.
  case insideItself(place: String, layer: String)
  /// A layer of a kind whose inside is its own; one with a name for labels can be made by trainers only.
  case fixedInside(place: String, layer: String, isNamed: Bool)
  /// Places counted from the end to the front.
  case backwards(place: String)
  /// An optimizer of other parameters.
  case otherParameters(place: String, nets: [String], weights: String, kind: String)
  /// A part that a step function holds on to.
  case fixedPart(trainer: String, part: String, isNet: Bool)
  /// In the middle of a step.
  case duringStep(place: String)

  var diagnostic: Diagnostic {
    switch self {
    case .notLayer(let place, let type, let isNet):
      Diagnostic(
        .type, Text("\(place) must be a layer or a function, not \(type)", zh: "\(place) 必须是层或函数，不能是 \(type)"),
        help: [
          isNet
            ? .init(Text("as in \(place) = Sequential(…)", zh: "例如 \(place) = Sequential(…)"))
            : .init(Text("as in \(place) = Linear(128, 10) or relu", zh: "例如 \(place) = Linear(128, 10) 或 relu"))
        ])
    case .notOptimizer(let place, let weights, let type):
      Diagnostic(
        .type, Text("\(place) must be an optimizer, not \(type)", zh: "\(place) 必须是优化器，不能是 \(type)"),
        help: [.init(code: "\(place) = SGD(\(weights), lr=0.01)")])
    case .count(let place, let places, let given):
      Diagnostic(
        .value,
        Text("\(place) are \(places) layers, but \(given) are given", zh: "\(place) 是 \(places) 层，却给出 \(given) 个"),
        help: [
          .init(
            Text(
              "a net keeps its number of layers; for another number, make another net: g.G = Sequential(…)",
              zh: "网络的层数不变；要改层数请另建网络：g.G = Sequential(…)"))
        ])
    case .insideItself(let place, let layer):
      Diagnostic(
        .value, Text("\(layer) would be inside itself at \(place)", zh: "\(layer) 会在 \(place) 处包含自身"),
        help: [.init(Text("copy(net) makes one of its own", zh: "copy(net) 可得到独立的一份"))])
    case .fixedInside(let place, let layer, let isNamed):
      Diagnostic(
        .value, Text("\(layer) has no layers that could be exchanged", zh: "\(layer) 内没有可更换的层"),
        help: [
          isNamed
            ? .init(Text("the layers behind it can be, or the whole net", zh: "可更换其后的层，或整个网络"))
            : .init(Text("exchange it whole: \(place) = …", zh: "请整体更换：\(place) = …"))
        ])
    case .backwards(let place):
      Diagnostic(
        .index, Text("layers are exchanged from front to back", zh: "更换多层时须从前往后"),
        help: [.init(Text("as in \(place)[0:2] = […]", zh: "例如 \(place)[0:2] = […]"))])
    default: parts
    }
  }

  private var parts: Diagnostic {
    switch self {
    case .otherParameters(let place, let nets, let weights, let kind):
      Diagnostic(
        .value,
        Text(
          "\(place) trains \(nets.joined(separator: " and ")): the optimizer must hold all its parameters and no others",
          zh: "\(place) 训练 \(nets.joined(separator: " 与 "))：优化器必须恰好包含其全部参数"),
        help: [.init(code: "\(place) = \(kind)(\(weights), lr=0.01)")])
    case .fixedPart(let trainer, let part, let isNet):
      Diagnostic(
        .value,
        Text(
          "the step function of \(trainer) holds on to its own \(part): it would go on with the old one",
          zh: "\(trainer) 的步函数持有自己的 \(part)：更换后它仍会使用旧的"),
        help: isNet
          ? [
            .init(code: "\(trainer).\(part)[0] = …", Text("a layer of it can be exchanged", zh: "其中的层可以更换")),
            .init(Text("make another with Trainer(step_fn, parts=…)", zh: "用 Trainer(step_fn, parts=…) 另建一个")),
          ]
          : [
            .init(code: "\(trainer).\(part).lr = 0.01", Text("its settings can be changed", zh: "其设置可以更改")),
            .init(Text("make another with Trainer(step_fn, parts=…)", zh: "用 Trainer(step_fn, parts=…) 另建一个")),
          ])
    case .duringStep(let place):
      Diagnostic(
        .state,
        Text("a step is being taken: \(place) can be exchanged between two steps", zh: "正在执行一步：\(place) 只能在两步之间更换"),
        help: [.init(code: "step g 100 every=50 { \(place) = … }")])
    default: Diagnostic(.value, Text("it cannot be exchanged", zh: "不能更换"))
    }
  }
}
