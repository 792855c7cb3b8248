// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// A layer as it is typed: `Linear(128, 256)`.
struct LayerCode {
  private let layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  /// What makes such a layer; nil for a kind that has no short form.
  var text: String? {
    switch layer {
    case let layer as Linear: "Linear(\(layer.inputs), \(layer.outputs)\(layer.bias == nil ? ", bias=False" : ""))"
    case let layer as Conv2d:
      "Conv2d(\(layer.inputChannels), \(layer.outputChannels), \(window(layer.window, layer.bias != nil)))"
    case let layer as ConvTranspose2d:
      "ConvTranspose2d(\(layer.inputChannels), \(layer.outputChannels), \(window(layer.window, layer.bias != nil)))"
    case let layer as BatchNorm: "BatchNorm(\(layer.features))"
    case let layer as LayerNorm: "LayerNorm(\(layer.features))"
    case let layer as Dropout: "Dropout(\(Numbers.typed(layer.probability)))"
    case let layer as Embedding: "Embedding(\(layer.count), \(layer.size))"
    case let layer as SpectralNorm: LayerCode(layer.layer).text.map { "SpectralNorm(\($0))" }
    case let layer as Flatten: layer.start == 1 ? "Flatten()" : nil
    case let layer as Reshape: "Reshape(\(layer.shape.dimensions.map(String.init).joined(separator: ", ")))"
    case let layer as ActivationLayer: activation(layer.kind)
    default: nil
    }
  }

  private func activation(_ kind: ActivationLayer.Kind) -> String? {
    switch kind {
    case .leakyReLU(let slope): "LeakyReLU(\(Numbers.typed(slope)))"
    case .relu: "relu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    default: nil
    }
  }

  private func window(_ window: ConvolutionWindow, _ hasBias: Bool) -> String {
    var text = "\(window.kernelSize)"
    if window.stride != 1 { text += ", stride=\(window.stride)" }
    if window.padding != 0 { text += ", padding=\(window.padding)" }
    return hasBias ? text : text + ", bias=False"
  }
}
