// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

// Layers that compute.

extension Builtin {
  static let linear = Builtin(
    "Linear", .constructor, in: .layers,
    Text("A layer y = x · weightᵀ + bias on the last axis.", zh: "全连接层：y = x · weightᵀ + bias，作用于最后一个轴。"),
    Parameter<Int>("n_in", Text("The size of the last axis.", zh: "输入的最后一维。")),
    Parameter<Int>("n_out", Text("The size it becomes.", zh: "输出的最后一维。")),
    hasBiasParameter,
    examples: [Example("Linear(784, 128)(zeros(64, 784)).shape", shows: "[64, 128]")]
  ) { call, inputs, outputs, bias in
    ModuleObject(try Linear(inputs, outputs, bias: bias, random: call.state.newInitialStream()))
  }

  static let conv2d = Builtin(
    "Conv2d", .constructor, in: .layers, Text("A convolution over images.", zh: "二维卷积层。"), channelsIn, channelsOut,
    kernel, strideParameter, paddingParameter, hasBiasParameter,
    examples: [Example("Conv2d(1, 64, 4, stride=2, padding=1)(zeros(2, 1, 28, 28)).shape", shows: "[2, 64, 14, 14]")]
  ) { call, inputs, outputs, kernel, stride, padding, bias in
    ModuleObject(
      try Conv2d(
        inputs, outputs, kernelSize: kernel, stride: stride, padding: padding, bias: bias,
        random: call.state.newInitialStream()))
  }

  static let convTranspose2d = Builtin(
    "ConvTranspose2d", .constructor, in: .layers,
    Text("The transpose of a convolution: makes images larger.", zh: "转置卷积层：放大图像。"), channelsIn, channelsOut,
    kernel, strideParameter, paddingParameter, hasBiasParameter,
    examples: [
      Example("ConvTranspose2d(64, 1, 4, stride=2, padding=1)(zeros(2, 64, 14, 14)).shape", shows: "[2, 1, 28, 28]")
    ]
  ) { call, inputs, outputs, kernel, stride, padding, bias in
    ModuleObject(
      try ConvTranspose2d(
        inputs, outputs, kernelSize: kernel, stride: stride, padding: padding, bias: bias,
        random: call.state.newInitialStream()))
  }

  static let batchNorm = Builtin(
    "BatchNorm", .constructor, in: .layers,
    Text("Brings each feature or channel to mean 0 and variance 1 over the batch.", zh: "批归一化：按批把每个特征或通道归一化。"),
    Parameter<Int>("n", Text("How many features or channels.", zh: "特征数或通道数。")),
    aliases: ["BatchNorm1d", "BatchNorm2d"],
    examples: [Example("BatchNorm(3)(zeros(8, 3)).shape", shows: "[8, 3]")]
  ) { _, features in ModuleObject(try BatchNorm(features)) }

  static let layerNorm = Builtin(
    "LayerNorm", .constructor, in: .layers,
    Text("Brings the last axis of each sample to mean 0 and variance 1.", zh: "层归一化：把每个样本的最后一轴归一化。"),
    Parameter<Int>("n", Text("The size of the last axis.", zh: "最后一轴的大小。")),
    examples: [Example("LayerNorm(4)(zeros(2, 4)).shape", shows: "[2, 4]")]
  ) { _, features in ModuleObject(try LayerNorm(features)) }

  static let dropout = Builtin(
    "Dropout", .constructor, in: .layers,
    Text("Drops elements while training and scales the others up.", zh: "训练时随机丢弃元素并放大其余元素。"),
    Parameter<Double>("p", Text("The probability to drop, 0 ≤ p < 1.", zh: "丢弃概率，0 ≤ p < 1。"), default: 0.5),
    examples: [Example("Dropout(0.5)", shows: "Dropout(0.5)")]
  ) { _, probability in ModuleObject(try Dropout(probability)) }

  static let flattenLayer = Builtin(
    "Flatten", .constructor, in: .layers, Text("All axes but the batch merged into one.", zh: "把除批以外的轴合并成一个。"),
    examples: [Example("Flatten()(zeros(2, 1, 28, 28)).shape", shows: "[2, 784]")]
  ) { _ in ModuleObject(Flatten()) }

  static let reshapeLayer = Builtin(
    "Reshape", .constructor, in: .layers, Text("Gives each sample another shape.", zh: "改变每个样本的形状。"), shapeParameter,
    examples: [Example("Reshape(1, 28, 28)(zeros(2, 784)).shape", shows: "[2, 1, 28, 28]")]
  ) { _, size in ModuleObject(try Reshape(size.shape)) }

  static let leakyReLULayer = Builtin(
    "LeakyReLU", .constructor, in: .layers, Text("x where positive, otherwise slope · x.", zh: "正数不变，负数乘以 slope。"),
    Parameter<Double>("slope", Text("The factor on the negative side.", zh: "负半轴的斜率。"), default: 0.2),
    examples: [Example("LeakyReLU(0.2)(tensor([-1.0, 2.0]))", shows: "[−0.2, 2]")]
  ) { _, slope in ModuleObject(ActivationLayer(.leakyReLU(slope: slope))) }

  static let maxPool = Builtin(
    "MaxPool", .constructor, in: .layers, Text("The largest value of each k × k window.", zh: "取每个 k × k 窗口的最大值。"),
    Parameter<Int>("k", Text("The size of the window.", zh: "窗口大小。")),
    examples: [Example("MaxPool(2)(zeros(1, 3, 8, 8)).shape", shows: "[1, 3, 4, 4]")]
  ) { _, size in ModuleObject(try Pool(.maximum, kernelSize: size)) }

  static let avgPool = Builtin(
    "AvgPool", .constructor, in: .layers, Text("The mean of each k × k window.", zh: "取每个 k × k 窗口的平均值。"),
    Parameter<Int>("k", Text("The size of the window.", zh: "窗口大小。")),
    examples: [Example("AvgPool(2)(ones(1, 1, 4, 4)).shape", shows: "[1, 1, 2, 2]")]
  ) { _, size in ModuleObject(try Pool(.average, kernelSize: size)) }

  static let upsample = Builtin(
    "Upsample", .constructor, in: .layers, Text("Repeats each pixel k times along each side.", zh: "每个像素沿两边重复 k 次。"),
    Parameter<Int>("k", Text("How often.", zh: "倍数。"), default: 2),
    examples: [Example("Upsample(2)(zeros(1, 1, 7, 7)).shape", shows: "[1, 1, 14, 14]")]
  ) { _, factor in ModuleObject(try Upsample(factor)) }

  static let embedding = Builtin(
    "Embedding", .constructor, in: .layers,
    Text("A trained row of d numbers for each of n classes.", zh: "为 n 个类别各学一行 d 个数。"),
    Parameter<Int>("n", Text("How many classes.", zh: "类别数。")),
    Parameter<Int>("d", Text("How many numbers for each.", zh: "每类的数字个数。")),
    examples: [Example("Embedding(10, 4)(tensor([3, 1])).shape", shows: "[2, 4]")]
  ) { call, count, size in ModuleObject(try Embedding(count, size, random: call.state.newInitialStream())) }

  static let spectralNorm = Builtin(
    "SpectralNorm", .constructor, in: .layers,
    Text("Divides a layer's weight by its largest singular value.", zh: "谱归一化：把层的权重除以其最大奇异值。"),
    Parameter<ModuleObject>("layer", Text("A layer with a weight.", zh: "带权重的层。")),
    examples: [Example("SpectralNorm(Linear(4, 2))(zeros(1, 4)).shape", shows: "[1, 2]")]
  ) { call, module in ModuleObject(try SpectralNorm(module.layer, random: call.state.newInitialStream())) }

  static let layers: [Builtin] = [
    linear, conv2d, convTranspose2d, batchNorm, layerNorm, dropout, flattenLayer, reshapeLayer, leakyReLULayer,
    maxPool, avgPool, upsample, embedding, spectralNorm,
  ]

  private static let hasBiasParameter = Parameter<Bool>(
    "bias", Text("Whether something is added.", zh: "是否加偏置。"), default: true)
  private static let channelsIn = Parameter<Int>("c_in", Text("The channels of the input.", zh: "输入通道数。"))
  private static let channelsOut = Parameter<Int>("c_out", Text("The channels of the output.", zh: "输出通道数。"))
  private static let kernel = Parameter<Int>("kernel", Text("The size of the window.", zh: "卷积核大小。"))
  private static let strideParameter = Parameter<Int>(
    "stride", Text("How far the window moves at a time.", zh: "步幅。"), default: 1)
  private static let paddingParameter = Parameter<Int>(
    "padding", Text("How many zeros surround the image.", zh: "四周补零的宽度。"), default: 0)
}
