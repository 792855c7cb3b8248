// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Makes images larger by repeating each pixel.
///
/// Input [batch, channel, height, width], output [batch, channel, height·factor, width·factor].
public final class Upsample: Layer {
  /// How often a pixel is repeated along each side.
  public let factor: Int
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  ///
  /// Throws when the factor is out of range.
  public init(_ factor: Int = 2) throws(LayerError) {
    try require((1...64).contains(factor), "k", factor, needs: "1 to 64", for: "Upsample")
    self.factor = factor
  }

  /// The kind of layer.
  public var typeName: String { "Upsample" }

  /// As in `Upsample(2)`.
  public var summary: String { "Upsample(\(factor))" }

  /// Images.
  public var inputPattern: String? { "[*, channels, height, width]" }

  /// The enlarged image.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    _ = try outputShape(for: input.shape)
    do {
      return .tensor(try upsampleNearest2d(input, factor: factor))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The shape of the enlarged image.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank == 4 else { throw LayerError(.rank(expected: [4]), in: self, input: input) }
    return .tensor([input[0], input[1], input[2] * factor, input[3] * factor])
  }
}
