// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Brings the last axis of each sample to mean 0 and variance 1, then scales and shifts its elements.
///
/// Input and output [*, features]; no statistics are kept, so training and inference do the same.
/// Ba, Kiros and Hinton 2016, arXiv:1607.06450.
public final class LayerNorm: Layer {
  /// The size of the last axis.
  public let features: Int
  /// What is added to the variance before its square root is taken.
  public let epsilon: Double
  /// The scale of each element, [features].
  public let weight: Parameter
  /// The shift of each element, [features].
  public let bias: Parameter
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer with scale 1 and shift 0.
  ///
  /// Throws when a setting is out of range.
  public init(_ features: Int, epsilon: Double = 1e-5) throws(LayerError) {
    let name = "LayerNorm(\(features))"
    try requireAtLeastOne([("n", features)], for: name)
    try require(epsilon > 0 && epsilon < 1, "eps", epsilon, needs: "between 0 and 1", for: name)
    self.features = features
    self.epsilon = epsilon
    do {
      weight = try Parameter("weight", .ones([features]))
      bias = try Parameter("bias", .zeros([features]))
    } catch {
      throw LayerError(.tensor(error), of: name)
    }
  }

  /// The kind of layer.
  public var typeName: String { "LayerNorm" }

  /// As in `LayerNorm(128)`.
  public var summary: String { "LayerNorm(\(features))" }

  /// As in `[*, 128]`.
  public var inputPattern: String? { "[*, \(features)]" }

  /// `weight` and `bias`.
  public var parameters: [(name: String, parameter: Parameter)] { [("weight", weight), ("bias", bias)] }

  /// The normalised input.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    _ = try outputShape(for: input.shape)
    do {
      return .tensor(
        try layerNorm(
          input, scale: context.value(of: weight), shift: context.value(of: bias), epsilon: epsilon))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The shape of the input.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank >= 1, input.last == features else {
      throw LayerError(.lastAxis(expected: features, found: input.last), in: self, input: input)
    }
    return .tensor(input)
  }
}
