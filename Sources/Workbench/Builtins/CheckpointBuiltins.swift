// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

// Whole trainings as files.

extension Builtin {
  static let saveTrainer = Builtin(
    "save", .verb, in: .session,
    Text(
      "Writes a whole training to a .safetensors file: load goes on with the same bits. As .onnx, the net that is used.",
      zh: "把整个训练写入 .safetensors 文件：load 之后逐位相同地继续。写成 .onnx 则只存使用时的网络。"), trainerParameter, pathParameter,
    examples: [
      Example("save gan \"/tmp/easel-example-gan.safetensors\"", shows: "saved", given: givenGAN),
      Example("save gan \"/tmp/easel-example-gan.onnx\"", shows: "saved", given: givenGAN),
    ],
    seeAlso: ["load", "snapshot"]
  ) { call, trainer, path in
    if path.hasSuffix(".onnx"), let used = trainer.trainer.usedNet {
      try writeONNX(used.net, named: used.name, input: used.input, to: path)
    } else if path.hasSuffix(".safetensors") {
      try trainer.trainer.save(to: path)
      TimeTravel.noteHooksLeft(trainer, call)
    } else {
      throw FigureFault.fileType(
        path: path, known: [".safetensors"] + (trainer.trainer.usedNet == nil ? [] : [".onnx"]))
    }
    return ValueFile.said(path, call)
  }

  static let loadIntoTrainer = Builtin(
    "load_into", .function, in: .session,
    Text("Puts a saved training into a trainer with the same parts.", zh: "把保存的训练放入部件相同的训练器。"), trainerParameter,
    Parameter<String>("path", Text("A .safetensors file.", zh: ".safetensors 文件。"), among: .paths),
    examples: [
      Example(
        "step gan 2; save(gan, \"/tmp/easel-example-gan2.safetensors\"); reset gan; load_into(gan, \"/tmp/easel-example-gan2.safetensors\").steps",
        shows: "2", given: givenGAN)
    ], seeAlso: ["load", "save"]
  ) { _, trainer, path in
    try Checkpoint(contentsOf: path).load(into: trainer.trainer)
    return trainer
  }

  static let checkpoints: [Builtin] = [saveTrainer, loadIntoTrainer]
}
