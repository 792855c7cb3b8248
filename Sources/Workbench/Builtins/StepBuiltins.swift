// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Tensors

// Taking steps.

extension Builtin {
  static let step = Builtin(
    "step", .verb, in: .training,
    Text(
      "Runs n training steps and keeps everything: weights, optimizer, history, data position.",
      zh: "训练 n 步并保留一切：权重、优化器、历史、数据位置。"),
    trainerParameter,
    Parameter<Int>("n", Text("How many steps.", zh: "步数。"), default: 1), epochsParameter(nil), secondsParameter,
    untilParameter, onlyParameter, everyParameter, blockParameter, slowParameter,
    examples: [
      Example("step gan 2", shows: "gan  2/2", given: givenGAN),
      Example("step gan 500 until=errD < 1.4", shows: "errD", given: givenGAN),
      Example("step gan 500 until=norm(gan.G[0].weight.grad) > 1e-6", shows: "gan  1/", given: givenGAN),
      Example("step gan 4 every=2 { print(errG > 0) }", shows: "True", given: givenGAN),
      Example("step gan slow=True", shows: "D 1/5 sample", given: givenGAN),
      Example("step gan 2 only=\"D\"", shows: "errD", given: givenGAN),
    ], unfolds: nil, seeAlso: ["train", "resume", "undo", "goto", "unfold"]
  ) { call, trainer, count, epochs, seconds, until, only, every, block, slow -> ReportObject in
    let amount: TrainingAmount =
      if let epochs { .epochs(epochs) } else if let seconds { .seconds(seconds) } else { .steps(count) }
    return try advance(trainer, amount, only, until, every, block, slow, call)
  }

  static let train = Builtin(
    "train", .verb, in: .training,
    Text("Trains for whole epochs and gives the trainer.", zh: "训练若干轮，返回训练器本身。"), trainerParameter,
    epochsParameter(1), secondsParameter, untilParameter, everyParameter, blockParameter,
    examples: [Example("train vae epochs=1", shows: "VAE on digits", given: givenVAE)], seeAlso: ["step", "resume"]
  ) { call, trainer, epochs, seconds, until, every, block -> TrainerObject in
    let amount: TrainingAmount = if let seconds { .seconds(seconds) } else { .epochs(epochs ?? 1) }
    _ = try advance(trainer, amount, nil, until, every, block, false, call)
    return trainer
  }

  static let resume = Builtin(
    "resume", .verb, in: .training, Text("Goes on with what was paused.", zh: "继续被暂停的训练。"), trainerParameter,
    untilParameter, everyParameter, blockParameter,
    examples: [Example("step gan 1; resume?", given: givenGAN)], seeAlso: ["step"]
  ) { call, trainer, until, every, block -> ReportObject in
    guard let left = trainer.trainer.state.unfinished else { throw TrainingFault.nothingToResume(trainer.name) }
    return try advance(trainer, left.amount, left.only, until, every, block, false, call)
  }

  private static func advance(
    _ trainer: TrainerObject, _ amount: TrainingAmount, _ only: String?, _ until: LazyArgument?, _ every: Int?,
    _ block: BlockArgument?, _ slow: Bool, _ call: Call
  ) throws -> ReportObject {
    if let every, every < 1 {
      throw TrainingFault.amount(
        name: "every", value: String(every), needs: Text("a whole number from 1", zh: "不小于 1 的整数"))
    }
    if slow, case .steps(let count) = amount { return try SlowSteps.run(trainer, count, only: only, call) }
    let wishes = TrainingCommand.Wishes(until: until, every: every ?? (block == nil ? nil : 1), block: block)
    return try TrainingCommand(trainer, amount, only: only, wishes, call).execute()
  }

  // MARK: Parameters and examples

  static let givenGAN = "gan = GAN(dataset(\"digits\", limit=200), z=16, batch=32, arch=\"small\");"
  static let givenVAE = "vae = VAE(dataset(\"digits\", limit=200), z=8, batch=32);"

  private static func epochsParameter(_ value: Double?) -> Parameter<Double?> {
    Parameter<Double?>(
      "epochs", Text("How often through the data.", zh: "遍历数据的轮数。"), default: value.map(Literal.float) ?? .nothing)
  }
  private static let secondsParameter = Parameter<Double?>(
    "seconds", Text("For so long; not reproducible.", zh: "训练的秒数（不可复现）。"), default: .nothing)
  private static let untilParameter = Parameter<LazyArgument?>(
    "until",
    Text(
      "Ends when it becomes true; sees errD and the like, weights and gradients (?break).",
      zh: "条件成立即停；可用 errD 等指标以及权重、梯度（?break）。"), default: .nothing)
  private static let onlyParameter = Parameter<String?>(
    "only", Text("Trains just one part.", zh: "只训练一部分。"), default: .nothing, among: .partsOfFirstArgument)
  private static let everyParameter = Parameter<Int?>(
    "every", Text("How often the block runs.", zh: "每隔多少步运行语句块。"), default: .nothing)
  private static let blockParameter = Parameter<BlockArgument?>(
    "do", Text("Runs between steps.", zh: "在步与步之间运行。"), default: .nothing)
  private static let slowParameter = Parameter<Bool>(
    "slow", Text("Phase by phase, with a caption for each.", zh: "逐阶段进行，并逐一说明。"), default: false)

  static let stepping: [Builtin] = [step, train, resume]
}
