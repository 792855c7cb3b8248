// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

// Making small images large.

extension Builtin {
  static let superResolution = Builtin(
    "SRGAN", .constructor, in: .training,
    Text(
      "A generator that doubles the sides of images, against a discriminator of real ones.",
      zh: "把图像边长放大一倍的生成器，与辨认真实图像的判别器对抗（超分辨率）。"),
    datasetParameter,
    Parameter<ModuleObject?>("G", Text("A generator of your own.", zh: "自定义生成器。"), default: .nothing),
    Parameter<ModuleObject?>("D", Text("A discriminator of your own.", zh: "自定义判别器。"), default: .nothing),
    Parameter<RatesArgument>(
      "lr", Text("The learning rate, or a pair for G and D.", zh: "学习率，或 G、D 各一个。"),
      default: .tuple([0.001, 0.0002])),
    Parameter<Int>("batch", Text("How many images a step sees.", zh: "每步的图像数。"), default: 32),
    Parameter<Double>(
      "weight", Text("The weight of the game beside the squared error; 0 for none.", zh: "对抗项相对平方误差的权重；0 表示不用。"),
      default: 0.001),
    Parameter<String>(
      "loss", Text("The game.", zh: "对抗损失。"), default: "bce",
      among: .words(["bce"] + AdversarialLoss.allCases.map(\.rawValue))),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    Parameter<Int>("width", Text("The channels of the convolutions.", zh: "卷积通道数。"), default: 32),
    examples: [Example("sr", shows: "SRGAN on digits (200 × 28×28)", given: givenSuperResolution)],
    seeAlso: ["upscale", "downscale", "evaluate", "psnr", "GAN"]
  ) { call, data, generator, discriminator, rates, batch, weight, loss, seed, width in
    var options = SuperResolutionOptions()
    options.generator = generator?.layer
    options.discriminator = discriminator?.layer
    (options.generatorRate, options.discriminatorRate) = rates.pair
    options.batch = batch
    options.adversarialWeight = weight
    options.loss = AdversarialLoss(name: loss) ?? .nonsaturating
    options.width = width
    options.seed = call.state.trainerSeed(seed)
    return call.state.object(try SuperResolutionTrainer(data.data, options))
  }

  static let upscale = Builtin(
    "upscale", .function, in: .training,
    Text("Small images made twice as large by an SRGAN.", zh: "用 SRGAN 把小图放大一倍。"),
    Parameter<SuperResolutionArgument>("sr", Text("An SRGAN.", zh: "SRGAN。")),
    Parameter<ExamplesArgument>("x", Text("Small images, scaled as in training.", zh: "小图，缩放方式与训练时相同。")),
    examples: [
      Example("upscale(sr, downscale(sr.data[0:4])).shape", shows: "[4, 1, 28, 28]", given: givenSuperResolution)
    ], seeAlso: ["downscale", "SRGAN", "pairs"]
  ) { _, sr, images -> Value in
    let made = try sr.trainer.enlarge(images.pictures())
    let (name, step) = (sr.object.name, sr.trainer.state.step)
    return ImagesObject(
      made, range: sr.object.shownRange, columns: 8,
      caption: Text(
        "\(made.shape[0]) images made twice as large by \(name), step \(step)",
        zh: "\(name) 放大一倍的 \(made.shape[0]) 幅图像，第 \(step) 步")
    ).value
  }

  static let downscale = Builtin(
    "downscale", .function, in: .data,
    Text("Images with sides divided by a factor: each pixel the mean of a square.", zh: "缩小图像：每个像素取方块的平均。"),
    Parameter<ExamplesArgument>("x", Text("Images: a data set, samples or a tensor.", zh: "图像：数据集、样本或张量。")),
    Parameter<Int>("factor", Text("How many times smaller.", zh: "缩小倍数。"), default: 2),
    examples: [Example("downscale(dataset(\"digits\", limit=4)).shape", shows: "[4, 1, 14, 14]")],
    seeAlso: ["upscale", "SRGAN"]
  ) { call, images, factor -> Value in
    // A tensor stays one, part of its graph, so that a loop of one's own can use it.
    if case .host(let object) = images.value, object is TensorObject, let tensor = Tensor.convert(images.value) {
      return try averagePool2d(tensor, size: factor).value
    }
    let small = try averagePool2d(images.pictures(), size: factor)
    return ImagesObject(
      small, range: try images.range(), columns: 8,
      caption: Text("\(small.shape[0]) images, \(factor) times smaller", zh: "\(small.shape[0]) 幅图像，缩小 \(factor) 倍")
    ).value
  }

  static let givenSuperResolution =
    "sr = SRGAN(dataset(\"digits\", limit=200), batch=8, width=8);"

  static let superResolutions: [Builtin] = [superResolution, upscale, downscale]
}
