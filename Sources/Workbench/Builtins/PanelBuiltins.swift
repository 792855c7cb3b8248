// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

// Live controls, for fronts that can show them.

extension Builtin {
  static let panel = Builtin(
    "panel", .verb, in: .training,
    Text(
      "Live controls of a trainer, in notebooks: step, run, pause, rewind, learning rates, losses, samples.",
      zh: "训练器的实时控件（笔记本中）：单步、运行、暂停、后退、学习率、损失、样本。"),
    trainerParameter,
    examples: [Example("panel gan", shows: "step gan 100", given: givenGAN)], seeAlso: ["step", "resume", "goto"]
  ) { call, trainer -> Nothing in
    guard let name = name(of: trainer, call) else { throw TrainingFault.unnamed(trainer.typeName) }
    guard let host = call.panels else {
      call.print(PanelLook(trainer, name: name, call.language).plain)
      return Nothing()
    }
    call.state.show(TrainerPanel(trainer, named: name, on: host, call.language), for: trainer.trainer)
    return Nothing()
  }

  /// The variable that commands can name: the one in the call, or another that holds the trainer.
  private static func name(of trainer: TrainerObject, _ call: Call) -> String? {
    let names = call.variables.filter { TrainerObject.convert($0.value)?.trainer === trainer.trainer }.map(\.name)
    return names.first { $0 == call.argumentText(0) } ?? names.first { $0 == trainer.name } ?? names.first
  }

  static let panels: [Builtin] = [panel]
}
