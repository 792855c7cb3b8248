// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

// What is going wrong, and which terms of a loss pull against each other.

extension Builtin {
  static let alarms = Builtin(
    "alarms", .verb, in: .metrics,
    Text("What training and samples show to be going wrong, a line each.", zh: "训练与样本所显示的问题，每个一行。"), trainerParameter,
    Parameter<JudgeObject?>(
      "judge", Text("Who looks at samples; the judge of the data if there is one.", zh: "由谁来看样本；缺省为数据已有的评判者。"),
      default: .nothing),
    examples: [Example("step gan 25; alarms gan", shows: "alarm", given: givenGAN)],
    seeAlso: ["quality", "grads", "activations"]
  ) { call, trainer, judge -> TableObject in
    let found = try AlarmWatch(trainer, call).alarms(judge: judge?.judge)
    return TableObject(
      ["alarm", "what it says"], rows: found.map { [.string($0.name), .string($0.text(call.language))] },
      title: found.isEmpty
        ? Text("\(trainer.name): no alarm", zh: "\(trainer.name)：没有警报")(call.language)
        : Text(
          "\(trainer.name): \(found.count) alarm\(found.count == 1 ? "" : "s")",
          zh: "\(trainer.name)：\(found.count) 个警报")(call.language),
      figures: [("names", .list(found.map { .string($0.name) }))])
  }

  static let angle = Builtin(
    "angle", .verb, in: .autograd,
    Text(
      "The angle between the gradients of a loss's two terms in each net, on the next batch.",
      zh: "下一批数据上，损失的两项在各网络中的梯度夹角。"), trainerParameter,
    examples: [Example("angle vae", shows: "degrees", given: givenVAE)], seeAlso: ["grads", "elbo"]
  ) { _, trainer -> TableObject in
    let found = try trainer.trainer.compareTerms()
    let single = trainer.trainer.nets.map(\.name).filter { name in !found.contains { $0.net == name } }
    return TableObject(
      ["net", "terms", "‖g‖ of the first", "‖g‖ of the second", "cosine", "degrees"],
      rows: found.map { part in
        [
          .string(part.net), .string(part.terms.joined(separator: ", ")), .float(part.norms[0]),
          .float(part.norms[1]), .float(part.cosine), .float(part.degrees),
        ]
      },
      notes: [
        Text("0° the same way, 90° apart from each other, 180° against each other", zh: "0° 同向，90° 无关，180° 相反")
      ]
        + (single.isEmpty
          ? []
          : [
            Text(
              "\(single.joined(separator: ", ")): one term, nothing to compare",
              zh: "\(single.joined(separator: "、"))：只有一项，无从比较")
          ]))
  }

  static let alarming: [Builtin] = [alarms, angle]
}
