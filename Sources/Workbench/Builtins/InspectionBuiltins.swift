// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language
import Layers
import Tensors

// Looking into nets: layers, gradients, graphs.

extension Builtin {
  static let summary = Builtin(
    "summary", .verb, in: .layers,
    Text("The layers of a net: shapes, counts, lengths of weights.", zh: "网络各层：形状、参数数、权重范数。"),
    moduleParameter,
    Parameter<Shape?>("input", Text("The shape of an input, batch included.", zh: "输入形状（含批）。"), default: .nothing),
    examples: [Example("summary Discriminator()", shows: "Linear(784 → 128)")], seeAlso: ["grads", "count"]
  ) { _, module, input -> FigureObject in
    FigureObject(LayerTableDisplay.summary(module.layer, name: module.layer.notes.label, input: input))
  }

  static let grads = Builtin(
    "grads", .verb, in: .autograd,
    Text("The gradients that a net holds, and the losses they come from.", zh: "网络当前的梯度，及其来自的损失。"), moduleParameter,
    biasParameter,
    examples: [
      Example(
        "net = Linear(4, 2); errN = mse(net(ones(3, 4)), zeros(3, 2)); errN.backward(); grads net", shows: "from errN")
    ], seeAlso: ["flow", "backward", "graph"]
  ) { call, module, showsBiases -> FigureObject in
    let name = module.layer.notes.label ?? module.layer.typeName
    let rows = try gradientRows(of: module.layer, named: name, thresholds: call.state.gradientThresholds)
    return FigureObject(
      GradientTable.table(
        showsBiases ? rows : rows.withoutQuietBiases, step: nil,
        origins: { GradientOriginText(call).text(of: module.layer, named: $0, call.language) },
        absence: module.absence, call.language))
  }

  static let flow = Builtin(
    "flow", .verb, in: .autograd,
    Text("How large gradients are from input to output, a bar a layer on a log scale.", zh: "从输入到输出各层梯度的大小（对数刻度）。"),
    moduleParameter,
    examples: [
      Example("net = Linear(4, 2); mse(net(ones(3, 4)), zeros(3, 2)).backward(); flow net", shows: "gradient flow")
    ], seeAlso: ["grads"]
  ) { call, module -> FigureObject in
    let name = module.layer.notes.label ?? module.layer.typeName
    return FigureObject(
      GradientTable.flow(
        try gradientRows(of: module.layer, named: name, thresholds: call.state.gradientThresholds), step: nil,
        absence: module.absence, call.language)
    )
  }

  static let trainerGrads = Builtin(
    "grads", .verb, in: .autograd,
    Text("The gradients that each optimizer used in the last step.", zh: "上一步各优化器实际使用的梯度。"), trainerParameter,
    biasParameter, examples: [Example("step gan 2; grads gan", shows: "from errG", given: givenGAN)],
    seeAlso: ["flow", "step"]
  ) { call, trainer, showsBiases -> FigureObject in
    let report = try trainer.trainer.gradients(call.state.gradientThresholds)
    let origin = GradientOriginText(call, trainer: trainer.trainer)
    return FigureObject(
      GradientTable.table(
        showsBiases ? report.rows : report.rows.withoutQuietBiases, step: report.step,
        origins: { name in
          trainer.trainer.net(name).map { origin.usedText(of: $0, named: name, call.language) } ?? ""
        }, absence: absence(in: trainer, call),
        call.language))
  }

  static let trainerFlow = Builtin(
    "flow", .verb, in: .autograd,
    Text("How large the gradients of the last step are, a bar a layer on a log scale.", zh: "上一步各层梯度的大小（对数刻度）。"),
    trainerParameter, examples: [Example("step gan 2; flow gan", shows: "gradient flow", given: givenGAN)],
    seeAlso: ["grads"]
  ) { call, trainer -> FigureObject in
    let report = try trainer.trainer.gradients(call.state.gradientThresholds)
    return FigureObject(
      GradientTable.flow(report.rows, step: report.step, absence: absence(in: trainer, call), call.language))
  }

  private static func absence(in trainer: TrainerObject, _ call: Call) -> Text? {
    GradientAdvice.absence(in: trainer.trainer, typed: call.argumentText(0) ?? trainer.name)
  }

  static let graph = Builtin(
    "graph", .verb, in: .autograd, Text("How a value was computed, back to the data.", zh: "一个值的计算过程，一直到数据。"),
    Parameter<Tensor>("x", Text("A loss, or another tensor with a history.", zh: "损失，或其他带历史的张量。")),
    examples: [
      Example("w = requires_grad(ones(2)); errW = sum(w * 3); graph errW", shows: "errW 6")
    ], seeAlso: ["backward", "grads"]
  ) { call, tensor -> FigureObject in
    var graph = ComputationGraph(call)
    guard let tree = graph.tree(of: tensor, named: call.argumentText(0)?.cut(to: 32)) else { throw FigureFault.noGraph }
    return FigureObject(tree)
  }

  static let biasParameter = Parameter<Bool>(
    "bias", Text("Whether biases are listed too.", zh: "是否列出偏置。"), default: false)

  static let inspection: [Builtin] = [
    summary, grads, trainerGrads, flow, trainerFlow, graph,
  ]
}

extension [GradientRow] {
  /// The rows people look at first: without biases that have nothing to say.
  var withoutQuietBiases: [GradientRow] {
    filter { !$0.isBias || $0.flags.contains(.notFinite) || $0.flags.contains(.exploding) }
  }
}
