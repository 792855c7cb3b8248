// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers
import Tensors

// Listening inside nets.

extension Builtin {
  static let hook = Builtin(
    "hook", .function, in: .layers,
    Text(
      "Calls a function with each output of a layer, or with each gradient that comes back; what it gives replaces it.",
      zh: "每次得到层的输出（或回传的梯度）时调用函数；函数若返回张量则替换之。"), moduleParameter,
    Parameter<FunctionArgument>("f", Text("Takes a tensor; gives a tensor or None.", zh: "接收张量；返回张量或 None。")),
    Parameter<String>(
      "on", Text("What is listened to.", zh: "监听什么。"), default: "output", among: .words(["output", "gradient"])),
    examples: [
      Example("m = Linear(2, 3); h = hook(m, y -> y * 0); m(ones(1, 2)); remove(h)", shows: "all zeros")
    ], seeAlso: ["remove", "activations"]
  ) { call, module, function, kind -> HookObject in
    HookObject(module) { output in
      if kind == "output" { return try replacement(function(output.value, in: call)) }
      // A rule of gradients may throw errors of tensors only: another one is kept, and thrown when the pass has ended.
      return output.observingGradient { (gradient) throws(TensorError) in
        do {
          return try replacement(function(gradient.detached().value, in: call))
        } catch let error as TensorError {
          throw error
        } catch {
          call.state.hookFailure = error
          throw TensorError.interrupted
        }
      }
    }
  }

  /// What a hook gives in place of what it saw: a tensor, or nothing.
  private static func replacement(_ value: Value) throws -> Tensor? {
    if case .nothing = value { return nil }
    guard let tensor = Tensor.convert(value) else { throw ModuleFault.hookResult(value.typeName) }
    return tensor
  }

  static let removeHook = Builtin(
    "remove", .function, in: .layers, Text("Ends a hook.", zh: "移除钩子。"),
    Parameter<HookObject>("hook", Text("What hook gave.", zh: "hook 返回的对象。")),
    examples: [Example("h = hook(Linear(2, 3), y -> None); remove(h); h.active", shows: "False")]
  ) { _, hook in
    hook.remove()
    return Nothing()
  }

  static let activationTable = Builtin(
    "activations", .verb, in: .metrics,
    Text(
      "What each layer gives for some input: mean, deviation, dead and saturated units.",
      zh: "各层对输入的输出统计：均值、标准差、死单元与饱和单元。"),
    moduleParameter, Parameter<Tensor>("x", Text("The input, the batch first.", zh: "输入，第一轴为批。")),
    Parameter<Rest<Tensor>>("others", Text("What else it is given, as labels.", zh: "其他输入，如标签。")),
    examples: [Example("activations Discriminator() zeros(4, 1, 28, 28)", shows: "LeakyReLU(0.2)")],
    seeAlso: ["grads", "hook"]
  ) { call, module, input, others in
    let rows = try activations(of: module.layer, for: [input] + others.elements, random: call.state.display)
    return TableObject(activationHeads, rows: rows.map { activationCells($0, in: nil) }, title: module.title)
  }

  static let trainerActivations = Builtin(
    "activations", .verb, in: .metrics,
    Text(
      "What each layer of a trainer's nets gives for 64 examples and noise that is always the same.",
      zh: "训练器各网络的各层对 64 个样本及固定噪声的输出统计。"),
    trainerParameter,
    examples: [Example("step gan 2; activations gan", shows: "D.0", given: givenGAN)], seeAlso: ["grads", "hook"]
  ) { _, trainer in
    let tables = try trainer.trainer.activations()
    let rows = tables.flatMap { net, rows in rows.map { activationCells($0, in: net) } }
    return TableObject(activationHeads, rows: rows, title: "\(trainer.name)  step \(trainer.trainer.state.step)")
  }

  private static let activationHeads = ["#", "layer", "output", "mean", "sd", "dead", "saturated"]

  private static func activationCells(_ row: ActivationRow, in net: String?) -> [Value] {
    [
      .string(net.map { "\($0).\(row.name)" } ?? row.name), .string(row.layer), .string(row.shape.description),
      .float(row.mean), .float(row.deviation), .string(percent(row.deadShare)), .string(percent(row.saturatedShare)),
    ]
  }

  private static func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 0) + " %" }

  static let hooks: [Builtin] = [hook, removeHook, activationTable, trainerActivations]
}
