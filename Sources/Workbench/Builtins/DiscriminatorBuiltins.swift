// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

// Looking at what a discriminator tells its generator.

extension Builtin {
  static let slope = Builtin(
    "slope", .verb, in: .autograd,
    Text(
      "How D's answer falls along the lines from real to generated images, and how steeply: what G can follow.",
      zh: "D 的回答沿真实图像到生成图像的直线如何下降、有多陡：G 能得到的方向。"),
    Parameter<GANArgument>("gan", Text("A GAN.", zh: "GAN。")),
    Parameter<Int>("n", Text("How many lines.", zh: "直线条数。"), default: 64),
    Parameter<Int>("places", Text("At how many places of each.", zh: "每条线上的取样点数。"), default: 41),
    examples: [
      Example("step gan 20; slope gan", shows: "‖∇D‖", given: givenGAN),
      Example("slope(gan, n=8).generated > 0", shows: "True", given: givenGAN),
    ], seeAlso: ["grads", "flow", "alarms", "grad"]
  ) { call, gan, lines, places in
    SlopeReport(gan, try gan.trainer.slope(lines: lines, places: places)).table(call.language)
  }

  static let discriminators: [Builtin] = [slope]
}
