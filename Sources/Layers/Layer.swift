// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A differentiable function with parameters: the building block of every net.
///
/// A layer is a live object: optimizers change its parameters in place, and everybody who holds it sees the change.
/// What a forward pass depends on beside the input comes in the `ForwardContext`.
public protocol Layer: AnyObject {
  /// The kind of layer, as people write it: `Linear`.
  var typeName: String { get }

  /// The layer with its settings, as tables and errors show it: `Linear(784 → 128)`.
  var summary: String { get }

  /// The name people gave to this layer and what they attached to it.
  var notes: LayerNotes { get }

  /// The layers inside, by the names PyTorch gives them: `0`, `1`, … in a sequence.
  var children: [(name: String, layer: any Layer)] { get }

  /// The parameters of this layer itself, without those of its children.
  var parameters: [(name: String, parameter: Parameter)] { get }

  /// What this layer itself remembers beside its parameters, such as running statistics.
  var buffers: [(name: String, buffer: Buffer)] { get }

  /// Computes the output for one input.
  ///
  /// Call the layer itself, `layer(x, in: context)`, which also honours its notes.
  func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput

  /// Computes the output for several inputs; a layer that takes one throws unless there is exactly one.
  func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput

  /// The shapes this layer makes of an input of a given shape, without computing anything.
  func outputShape(for input: Shape) throws(LayerError) -> LayerShape

  /// What a layer inside wants as its last axis or more, such as `[*, 784]`; nil when it takes any shape.
  var inputPattern: String? { get }
}

extension Layer {
  /// The kind of layer, when there is nothing more to say.
  public var summary: String { typeName }

  /// No layers inside.
  public var children: [(name: String, layer: any Layer)] { [] }

  /// No parameters.
  public var parameters: [(name: String, parameter: Parameter)] { [] }

  /// Nothing remembered.
  public var buffers: [(name: String, buffer: Buffer)] { [] }

  /// Any shape.
  public var inputPattern: String? { nil }

  /// Computes the output for several inputs; a layer that takes one throws unless there is exactly one.
  public func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard let input = inputs.first, inputs.count == 1 else {
      throw LayerError(.inputCount(expected: 1, found: inputs.count), in: self, input: inputs.first?.shape)
    }
    return try forward(input, in: context)
  }
}

// MARK: Calling

extension Layer {
  /// The output of a layer that gives one tensor.
  ///
  /// Throws what the layer throws, with the layer's name in front of the path, and when there are several outputs.
  public func callAsFunction(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> Tensor {
    switch try output(of: [input], in: context) {
    case .tensor(let tensor): return tensor
    case .record(let fields): throw LayerError(.manyOutputs(fields.map(\.name)), in: self, input: input.shape)
    }
  }

  /// The output for any number of inputs, one tensor or several by name.
  ///
  /// Throws what the layer throws, with the layer's name in front of the path.
  public func output(of inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    do {
      return try run(inputs, in: context)
    } catch {
      throw error.within(notes.label)
    }
  }

  /// The output, with the layer's inference mode and hooks honoured; containers call their layers by this.
  func run(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard notes.isRemarkable else {
      return inputs.count == 1 ? try forward(inputs[0], in: context) : try forward(inputs, in: context)
    }
    var context = context
    if notes.isInference { context.isTraining = false }
    let output = try forward(inputs, in: context)
    return context.callsHooks ? try notes.hooked(output, of: self, input: inputs.first?.shape) : output
  }

  /// The output for one input, with the layer's inference mode and hooks honoured.
  func run(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    notes.isRemarkable ? try run([input], in: context) : try forward(input, in: context)
  }
}
