// SPDX-License-Identifier: Apache-2.0
public import Layers
import TensorFiles
public import Tensors

/// A net as operations of the Open Neural Network Exchange format, layer by layer, in inference.
///
/// Weights keep their names. Layers that only training needs are left out; layers that are functions from above, and
/// those that look at a whole batch, cannot be written.
struct NetGraph {
  private(set) var model: ONNXModel
  /// The input that holds labels, once a layer has asked for it.
  private var labels: String?

  /// The graph of a net.
  ///
  /// - Parameters:
  ///   - net: The net.
  ///   - name: What it is called.
  ///   - input: The shape of one example.
  /// - Throws: `LayerError` for a layer that cannot be written, or an input that does not fit.
  init(_ net: any Layer, named name: String, input: Shape) throws {
    model = ONNXModel(name: name)
    let outputs = try add(net, at: "", to: model.input("x", shape: input))
    let shapes = try Self.shapes(net, input, usesLabels: labels != nil)
    for ((name, value), shape) in zip(outputs, shapes) { model.output(value, as: name, shape: shape) }
  }

  /// The shapes of one output each, by making one example.
  private static func shapes(_ net: any Layer, _ input: Shape, usesLabels: Bool) throws -> [Shape] {
    let context = ForwardContext(
      isTraining: false, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: false)
    let label = usesLabels ? [try Tensor([0 as Int64], shape: [1])] : []
    let output = try net.output(of: [.zeros(Shape([1] + input.dimensions))] + label, in: context)
    let tensors: [Tensor] =
      switch output {
      case .tensor(let tensor): [tensor]
      case .record(let entries): entries.map(\.tensor)
      }
    return tensors.map { Shape(Array($0.shape.dimensions.dropFirst())) }
  }

  /// Adds a layer; gives the names of its values, `y` for a single one.
  private mutating func add(_ layer: any Layer, at path: String, to x: String) throws -> [(name: String, value: String)]
  {
    switch layer {
    case let heads as Heads:
      return try heads.heads.map { name, head in
        (name, try add(head, at: join(path, name), to: x).first?.value ?? x)
      }
    case let sequence as Sequential:
      var values = [(name: "y", value: x)]
      for (name, child) in sequence.children {
        values = try add(child, at: join(path, name), to: values.first?.value ?? x)
      }
      return values
    default: return [("y", try single(layer, at: path, to: x))]
    }
  }

  private mutating func single(_ layer: any Layer, at path: String, to x: String) throws -> String {
    switch layer {
    case let layer as Linear:
      return model.linear(x, weight: weight(layer.weight, path), bias: layer.bias.map { weight($0, path) })
    case let layer as Conv2d:
      return model.convolution2d(
        x, weight: weight(layer.weight, path), bias: layer.bias.map { weight($0, path) },
        stride: layer.window.stride, padding: layer.window.padding)
    case let layer as ConvTranspose2d:
      return model.transposedConvolution2d(
        x, weight: weight(layer.weight, path), bias: layer.bias.map { weight($0, path) },
        stride: layer.window.stride, padding: layer.window.padding)
    case let layer as BatchNorm:
      return model.batchNorm(
        x, scale: weight(layer.weight, path), shift: weight(layer.bias, path),
        mean: model.weight(join(path, "running_mean"), layer.runningMean.value),
        variance: model.weight(join(path, "running_var"), layer.runningVariance.value), epsilon: layer.epsilon)
    case let layer as LayerNorm:
      return model.layerNorm(
        x, axes: 1, scale: weight(layer.weight, path), shift: weight(layer.bias, path), epsilon: layer.epsilon)
    case let layer as Pool:
      let (size, stride) = (layer.window.kernelSize, layer.window.stride)
      return layer.kind == .maximum
        ? model.maxPool2d(x, size: size, stride: stride) : model.averagePool2d(x, size: size, stride: stride)
    case let layer as Upsample: return try model.upsampleNearest2d(x, factor: layer.factor)
    case let layer as LabelJoin: return try joined(layer, at: path, to: x)
    case let layer as ActivationLayer: return try activated(layer, x)
    case let layer as Reshape: return try model.reshape(x, to: layer.shape)
    case let layer as Flatten where layer.start == 1: return model.flatten(x)
    case is Dropout: return x
    default: throw Self.refusal(layer)
    }
  }

  private mutating func activated(_ layer: ActivationLayer, _ x: String) throws -> String {
    switch layer.kind {
    case .relu: model.activation(x, .relu)
    case .leakyReLU(let slope): model.activation(x, .leakyReLU(slope: Float(slope)))
    case .tanh: model.activation(x, .tanh)
    case .sigmoid: model.activation(x, .sigmoid)
    case .softmax: model.softmax(x)
    default: throw Self.refusal(layer)
    }
  }

  /// A vector for the label beside the numbers of an example.
  private mutating func joined(_ layer: LabelJoin, at path: String, to x: String) throws -> String {
    let table: Tensor
    switch layer.form {
    case .oneHot:
      let all = try Tensor((0..<layer.classes).map { Int64($0) }, shape: [layer.classes])
      table = try oneHot(all, classes: layer.classes)
    case .learned:
      guard let learned = layer.allParameters.first?.value.detached() else { throw Self.refusal(layer) }
      table = learned
    case .planes: throw Self.refusal(layer)
    }
    let labels = self.labels ?? model.labels("labels")
    self.labels = labels
    let vector = model.embedding(labels, table: model.weight(join(path, "embedding.weight"), table))
    return model.append("Concat", [model.flatten(x), vector], [("axis", .int(1))])
  }

  private mutating func weight(_ parameter: Parameter, _ path: String) -> String {
    model.weight(join(path, parameter.name), parameter.value.detached())
  }

  private func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func refusal(_ layer: any Layer) -> LayerError {
    LayerError(.setting(name: "net", value: layer.summary, needs: "layers that an ONNX file can hold"), in: layer)
  }
}

/// Writes a net to an `.onnx` file that other runtimes load: input `x`, and `labels` where the net takes them.
///
/// - Parameters:
///   - net: The net; it is written as it infers.
///   - name: What it is called in the file.
///   - input: The shape of one example; guessed from the first layer if nil.
///   - path: Where to.
/// - Throws: `LayerError` for a layer that cannot be written or a shape that must be given; `TensorFileError`.
public func writeONNX(_ net: any Layer, named name: String, input: Shape?, to path: String) throws {
  guard let input = input ?? inputShape(of: net) else {
    throw LayerError(.setting(name: "input", value: "None", needs: "the shape of one example"), in: net)
  }
  var model = try NetGraph(net, named: name, input: input).model
  model.notes = ["made_by": "Easel"]
  try model.write(to: path)
}

/// What the first layer with a weight takes; nil where images of any size may come.
private func inputShape(of net: any Layer) -> Shape? {
  switch net {
  case let layer as Linear: [layer.inputs]
  case let layer as Reshape: [layer.shape.count]
  case let sequence as Sequential:
    if let join = sequence.layers.first as? LabelJoin, sequence.layers.count > 1 {
      inputShape(of: sequence.layers[1]).map { [$0.count - join.width] }
    } else {
      sequence.layers.first { !($0 is ActivationLayer || $0 is Dropout) }.flatMap(inputShape)
    }
  default: nil
  }
}
