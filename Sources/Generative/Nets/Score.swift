// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// What a net says as probabilities, before the sigmoid where that can be taken off.
///
/// The loss of a probability that was rounded to 1 has no gradient; the loss of its logit has.
public enum Score {
  /// The number before the sigmoid.
  case logits(Tensor)
  /// The probability, of a net whose sigmoid cannot be taken off.
  case probabilities(Tensor)

  /// The tensor as the net gave it.
  public var value: Tensor {
    switch self {
    case .logits(let tensor), .probabilities(let tensor): tensor
    }
  }

  /// The probability, apart from the graph.
  var probability: Tensor {
    get throws(TensorError) {
      switch self {
      case .logits(let tensor): try sigmoid(tensor.detached())
      case .probabilities(let tensor): tensor.detached()
      }
    }
  }

  /// The mean binary cross-entropy against one target for all.
  func crossEntropy(target: Double) throws(TensorError) -> Tensor {
    try crossEntropy(.full(value.shape, target), reduction: .mean)
  }

  /// The binary cross-entropy against targets of the same shape.
  func crossEntropy(_ targets: Tensor, reduction: LossReduction) throws(TensorError) -> Tensor {
    switch self {
    case .logits(let tensor): try binaryCrossEntropyFromLogits(tensor, targets, reduction: reduction)
    case .probabilities(let tensor): try binaryCrossEntropy(tensor, targets, reduction: reduction)
    }
  }
}

/// The output of a net before the sigmoid it ends in; its plain output if it ends in none.
///
/// In a sequence, layers after the sigmoid that only change the shape still run.
public func score(of net: any Layer, _ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> Score {
  if let sequence = net as? Sequential, isPlain(sequence), let open = withoutClosingSigmoid(sequence) {
    do {
      if let logits = try open.output(of: inputs, in: context).tensor { return .logits(logits) }
    } catch {
      throw error.within(net.notes.label)
    }
  }
  let output = try net.output(of: inputs, in: context)
  guard let tensor = output.tensor ?? output["score"] else {
    throw LayerError(.manyOutputs([]), in: net, input: inputs.first?.shape)
  }
  let made = tensor.graph?.operation ?? ""
  return made == "sigmoid" || made.hasSuffix("+sigmoid") ? .probabilities(tensor) : .logits(tensor)
}

/// The same layers, with their parameters, without the sigmoid that ends them; nil if none does.
private func withoutClosingSigmoid(_ sequence: Sequential) -> Sequential? {
  guard let place = closingSigmoid(of: sequence) else { return nil }
  var layers = sequence.layers
  var names = sequence.children.map(\.name)
  layers.remove(at: place)
  names.remove(at: place)
  return Sequential(layers, names: names)
}

/// The place of the sigmoid that ends a sequence, shape changes aside; nil if something listens to it.
private func closingSigmoid(of sequence: Sequential) -> Int? {
  let place = sequence.layers.lastIndex { !($0 is Reshape || $0 is Flatten) }
  guard let place, let last = sequence.layers[place] as? ActivationLayer, last.kind == .sigmoid, isPlain(last) else {
    return nil
  }
  return place
}

/// Whether nobody listens to the layer or holds it in inference.
private func isPlain(_ layer: any Layer) -> Bool { layer.notes.hooks.isEmpty && !layer.notes.isInference }
