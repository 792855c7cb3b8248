// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

// The kinds of layers that contain no other: how each is described, and made from its description.

extension NetDescription {
  static func known(_ layer: any Layer) -> NetDescription? {
    switch layer {
    case let layer as Linear:
      NetDescription(
        "Linear",
        ["inputs": Double(layer.inputs), "outputs": Double(layer.outputs), "bias": layer.bias == nil ? 0 : 1])
    case let layer as Conv2d:
      convolution("Conv2d", layer.inputChannels, layer.outputChannels, layer.window, layer.bias != nil)
    case let layer as ConvTranspose2d:
      convolution("ConvTranspose2d", layer.inputChannels, layer.outputChannels, layer.window, layer.bias != nil)
    case let layer as BatchNorm:
      NetDescription(
        "BatchNorm", ["features": Double(layer.features), "eps": layer.epsilon, "momentum": layer.momentum])
    case let layer as LayerNorm:
      NetDescription("LayerNorm", ["features": Double(layer.features), "eps": layer.epsilon])
    case let layer as Embedding:
      NetDescription("Embedding", ["count": Double(layer.count), "size": Double(layer.size)])
    case let layer as ActivationLayer: activation(layer.kind)
    default: shaping(layer)
    }
  }

  private static func shaping(_ layer: any Layer) -> NetDescription? {
    switch layer {
    case let layer as Dropout: NetDescription("Dropout", ["p": layer.probability])
    case let layer as Flatten: NetDescription("Flatten", ["start": Double(layer.start)])
    case let layer as Reshape:
      NetDescription(
        "Reshape",
        Dictionary(
          uniqueKeysWithValues: layer.shape.dimensions.enumerated().map { ("axis\($0)", Double($1)) }))
    case let layer as Pool:
      NetDescription(
        layer.kind == .maximum ? "MaxPool" : "AvgPool",
        ["kernel": Double(layer.window.kernelSize), "stride": Double(layer.window.stride)])
    case let layer as Upsample: NetDescription("Upsample", ["factor": Double(layer.factor)])
    case is MinibatchDeviation: NetDescription("MinibatchDeviation")
    case let layer as LabelJoin:
      switch layer.form {
      case .oneHot: NetDescription("LabelJoin", ["classes": Double(layer.classes)])
      case .planes: NetDescription("LabelJoin", ["classes": Double(layer.classes), "planes": 1])
      case .learned(let width):
        NetDescription("LabelJoin", ["classes": Double(layer.classes), "learned": Double(width)])
      }
    default: nil
    }
  }

  private static func convolution(
    _ kind: String, _ inputs: Int, _ outputs: Int, _ window: ConvolutionWindow, _ hasBias: Bool
  ) -> NetDescription {
    NetDescription(
      kind,
      [
        "inputs": Double(inputs), "outputs": Double(outputs), "kernel": Double(window.kernelSize),
        "stride": Double(window.stride), "padding": Double(window.padding), "bias": hasBias ? 1 : 0,
      ])
  }

  private static func activation(_ kind: ActivationLayer.Kind) -> NetDescription {
    if case .leakyReLU(let slope) = kind { return NetDescription("LeakyReLU", ["slope": slope]) }
    return NetDescription(ActivationLayer(kind).typeName)
  }

  func makeWeighted(random: RandomStream) throws(LayerError) -> (any Layer)? {
    switch kind {
    case "Linear":
      try Linear(count("inputs"), count("outputs"), bias: count("bias") == 1, random: random)
    case "Conv2d":
      try Conv2d(
        count("inputs"), count("outputs"), kernelSize: count("kernel"), stride: count("stride"),
        padding: count("padding"), bias: count("bias") == 1, random: random)
    case "ConvTranspose2d":
      try ConvTranspose2d(
        count("inputs"), count("outputs"), kernelSize: count("kernel"), stride: count("stride"),
        padding: count("padding"), bias: count("bias") == 1, random: random)
    case "BatchNorm":
      try BatchNorm(count("features"), epsilon: settings["eps"] ?? 1e-5, momentum: settings["momentum"] ?? 0.1)
    case "LayerNorm": try LayerNorm(count("features"), epsilon: settings["eps"] ?? 1e-5)
    case "Embedding": try Embedding(count("count"), count("size"), random: random)
    default: nil
    }
  }

  func makePlain(random: RandomStream) throws(LayerError) -> (any Layer)? {
    switch kind {
    case "Dropout": return try Dropout(settings["p"] ?? 0.5)
    case "Flatten": return Flatten(start: count("start"))
    case "Reshape": return try Reshape(Shape((0..<settings.count).map { count("axis\($0)") }))
    case "MaxPool": return try Pool(.maximum, kernelSize: count("kernel"), stride: count("stride"))
    case "AvgPool": return try Pool(.average, kernelSize: count("kernel"), stride: count("stride"))
    case "Upsample": return try Upsample(count("factor"))
    case "MinibatchDeviation": return MinibatchDeviation()
    case "LabelJoin":
      let learned = count("learned")
      let form: LabelJoin.Form = learned > 0 ? .learned(learned) : count("planes") == 1 ? .planes : .oneHot
      return try LabelJoin(classes: count("classes"), form: form, random: random)
    case "LeakyReLU": return ActivationLayer(.leakyReLU(slope: settings["slope"] ?? 0.2))
    default:
      let plain: [ActivationLayer.Kind] = [
        .relu, .tanh, .sigmoid, .softplus, .elu, .silu, .softmax, .logSoftmax,
      ]
      return plain.map { ActivationLayer($0) }.first { $0.typeName == kind }
    }
  }
}
