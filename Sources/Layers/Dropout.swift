// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Sets each element to zero with a given probability while training, and scales the others up to keep the mean.
///
/// Any shape in, the same out; in inference the input passes. Hinton and others 2012, arXiv:1207.0580.
public final class Dropout: Layer {
  /// The probability of an element to be dropped, 0 ≤ p < 1.
  public let probability: Double
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  ///
  /// Throws when the probability is not in 0 ≤ p < 1.
  public init(_ probability: Double = 0.5) throws(LayerError) {
    try require((0..<1).contains(probability), "p", probability, needs: "0 ≤ p < 1", for: "Dropout")
    self.probability = probability
  }

  /// The kind of layer.
  public var typeName: String { "Dropout" }

  /// As in `Dropout(0.5)`.
  public var summary: String { "Dropout(\(shortest(probability)))" }

  /// The input with some elements dropped, when training.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard context.isTraining, probability > 0 else { return .tensor(input) }
    do {
      return .tensor(try dropout(input, probability: probability, random: context.random))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The shape of the input.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape { .tensor(input) }
}
