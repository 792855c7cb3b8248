// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// The score of a discriminator, before its sigmoid where that can be taken off.
///
/// The loss of a probability that was rounded to 1 has no gradient; the loss of its logit has. The article's net ends
/// in a sigmoid, so the last layer of a sequence is left out when it is one.
func score(of net: any Layer, _ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> Score {
  if let sequence = net as? Sequential, let last = sequence.layers.last as? ActivationLayer, last.kind == .sigmoid,
    inputs.count == 1, isPlain(net), isPlain(last)
  {
    do {
      let output = try sequence.output(of: inputs[0], upTo: sequence.layers.count - 1, in: context)
      if let logits = output.tensor { return .logits(logits) }
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

/// Whether nobody listens to the layer or holds it in inference.
private func isPlain(_ layer: any Layer) -> Bool { layer.notes.hooks.isEmpty && !layer.notes.isInference }
