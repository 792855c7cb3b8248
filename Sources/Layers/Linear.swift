// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// An affine map of the last axis: `y = x · weightᵀ + bias`.
///
/// Input [*, inputs], output [*, outputs]. `weight` is [outputs, inputs], `bias` is [outputs]; both start uniform in
/// ±1/√inputs.
public final class Linear: Layer, FusableLayer {
  /// The size of the last axis of the input.
  public let inputs: Int
  /// The size of the last axis of the output.
  public let outputs: Int
  /// The matrix, [outputs, inputs].
  public let weight: Parameter
  /// What is added, [outputs], or nil.
  public let bias: Parameter?
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer with starting values drawn from `random`.
  ///
  /// Throws when a size is below one or the weights do not fit in memory.
  public init(_ inputs: Int, _ outputs: Int, bias hasBias: Bool = true, random: RandomStream) throws(LayerError) {
    self.inputs = inputs
    self.outputs = outputs
    let name = "Linear(\(inputs) → \(outputs))"
    try requireAtLeastOne([("n_in", inputs), ("n_out", outputs)], for: name)
    let bound = 1 / Double(inputs).squareRoot()
    do {
      weight = try Parameter("weight", .uniform(within: bound, [outputs, inputs], random: random))
      bias = hasBias ? try Parameter("bias", .uniform(within: bound, [outputs], random: random)) : nil
    } catch {
      throw LayerError(.tensor(error), of: name)
    }
  }

  /// The kind of layer.
  public var typeName: String { "Linear" }

  /// As in `Linear(784 → 128)`.
  public var summary: String { "Linear(\(inputs) → \(outputs)\(bias == nil ? ", no bias" : ""))" }

  /// As in `[*, 784]`.
  public var inputPattern: String? { "[*, \(inputs)]" }

  /// `weight` and, unless left out, `bias`.
  public var parameters: [(name: String, parameter: Parameter)] {
    [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
  }

  /// The map of the last axis.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try forward(input, activation: .identity, in: context)
  }

  func forward(
    _ input: Tensor, activation: Activation, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    try checkInput(input.shape)
    do {
      return .tensor(
        try linear(
          input, weight: context.value(of: weight), bias: bias.map(context.value), activation: activation))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The input's shape with another last axis.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    try checkInput(input)
    return .tensor(Shape(input.dimensions.dropLast() + [outputs]))
  }

  private func checkInput(_ shape: Shape) throws(LayerError) {
    guard shape.rank >= 1, shape.last == inputs else {
      throw LayerError(.lastAxis(expected: inputs, found: shape.last), in: self, input: shape)
    }
  }
}
