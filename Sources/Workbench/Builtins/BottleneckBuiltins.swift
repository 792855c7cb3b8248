// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Language
import Tensors

// A classifier behind an information bottleneck, and what passes through it.

extension Builtin {
  static let bottleneck = Builtin(
    "VIB", .constructor, in: .training,
    Text(
      "A classifier that looks through a noisy code which pays for every nat (Deep VIB).",
      zh: "通过带噪编码看图像、并为每一奈特信息付费的分类器（深度变分信息瓶颈）。"),
    datasetParameter,
    Parameter<Int>("z", Text("The length of the code.", zh: "编码维数。"), default: 256),
    Parameter<ModuleObject?>("E", Text("An encoder of your own.", zh: "自定义编码器。"), default: .nothing),
    Parameter<ModuleObject?>("D", Text("A decoder of your own.", zh: "自定义解码器。"), default: .nothing),
    Parameter<Double>("lr", Text("The learning rate.", zh: "学习率。"), default: 0.0001),
    Parameter<Int>("batch", Text("How many images a step sees.", zh: "每步的图像数。"), default: 100),
    Parameter<Double>("beta", Text("What a nat on the input costs.", zh: "每奈特输入信息的代价。"), default: 0.001),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    Parameter<Int>("hidden", Text("The width of the hidden layers.", zh: "隐藏层宽度。"), default: 1024),
    examples: [Example("vib", shows: "VIB on digits (200 × 28×28)", given: givenBottleneck)],
    seeAlso: ["information", "Classifier", "accuracy", "VAE"]
  ) { call, data, latent, encoder, decoder, rate, batch, beta, seed, hidden in
    var options = BottleneckOptions()
    options.latent = latent
    options.encoder = encoder?.layer
    options.decoder = decoder?.layer
    options.rate = rate
    options.batch = batch
    options.beta = beta
    options.hidden = hidden
    options.seed = call.state.trainerSeed(seed)
    return call.state.object(try BottleneckTrainer(data.data, options))
  }

  static let information = Builtin(
    "information", .verb, in: .metrics,
    Text(
      "The information plane of a VIB: bits on the input against bits on the label, over training.",
      zh: "VIB 的信息平面：训练过程中关于输入与关于标签的比特数。"),
    Parameter<BottleneckArgument>("vib", Text("A VIB.", zh: "VIB。")),
    Parameter<DatasetObject?>(
      "data", Text("Data to measure on now, such as a test set.", zh: "用于当前测量的数据，例如测试集。"), default: .nothing),
    Parameter<Int>("codes", Text("Over how many codes answers are averaged.", zh: "对多少个编码取平均。"), default: 12),
    examples: [
      Example("step vib 2; information(vib, vib.data[0:50]).izx > 0", shows: "True", given: givenBottleneck),
      Example("step vib 4; information vib vib.data", shows: "I(Z;X)", given: givenBottleneck),
    ], seeAlso: ["VIB", "evaluate", "elbo"]
  ) { call, vib, data, codes in
    let measured: InformationReport? =
      if let data {
        try vib.trainer.information(vib.object.inTrainingScale(data.data, call), codes: codes)
      } else { nil }
    return InformationPlane(vib, measured, on: data?.data.name).table(call.language)
  }

  static let givenBottleneck =
    "vib = VIB(dataset(\"digits\", limit=200), z=8, hidden=32, batch=32, lr=1e-3);"

  static let bottlenecks: [Builtin] = [bottleneck, information]
}
