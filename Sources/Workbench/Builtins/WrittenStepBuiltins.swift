// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Tensors

// What a GAN's step consists of beside losses and optimizers, for a step that is written out.

extension Builtin {
  static let augmentedForDiscriminator = Builtin(
    "augmented", .function, in: .training,
    Text(
      "Images as a GAN's D gets to see them, changed by its diffaug; drawn from the GAN's own numbers.",
      zh: "GAN 的判别器所看到的图像：经其 diffaug 随机改变；随机数取自该 GAN。"), ganParameter,
    Parameter<Tensor>("x", Text("Real or generated images.", zh: "真实或生成的图像。")),
    examples: [
      Example(
        "augmented(shy, zeros(2, 1, 28, 28)).shape", shows: "[2, 1, 28, 28]",
        given: "shy = GAN(dataset(\"digits\", limit=60) |> normalize(0.5, 0.5), z=4, batch=8, diffaug=[\"cutout\"]);")
    ], seeAlso: ["GAN", "unfold"]
  ) { _, gan, images -> Tensor in try gan.trainer.augmented(images) }

  static let updateAverage = Builtin(
    "update_average", .function, in: .training,
    Text("Moves the average of a GAN's G towards its present weights.", zh: "让 GAN 的 G 权重平均向当前权重移动一步。"), ganParameter,
    examples: [
      Example(
        "update_average(calm); calm.steps", shows: "0",
        given: "calm = GAN(dataset(\"digits\", limit=60) |> normalize(0.5, 0.5), z=4, batch=8, ema=0.99);")
    ], seeAlso: ["GAN", "unfold"]
  ) { _, gan -> Nothing in
    guard gan.trainer.average != nil else { throw TrainingFault.noAverage(gan.object.name) }
    try gan.trainer.updateAverage()
    return Nothing()
  }

  static let writtenSteps: [Builtin] = [augmentedForDiscriminator, updateAverage]

  private static let ganParameter = Parameter<GANArgument>("gan", Text("A GAN.", zh: "GAN。"))
}
