// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Lays the axes from `start` on out as one: [batch, channel, height, width] becomes [batch, pixels].
public final class Flatten: Layer {
  /// The first axis to be merged.
  public let start: Int
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  public init(start: Int = 1) {
    self.start = max(start, 0)
  }

  /// The kind of layer.
  public var typeName: String { "Flatten" }

  /// The input with its axes merged; what has fewer axes passes.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    let shape = flattened(input.shape)
    guard shape != input.shape else { return .tensor(input) }
    do {
      return .tensor(try input.reshaped(to: shape))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The merged shape.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape { .tensor(flattened(input)) }

  private func flattened(_ shape: Shape) -> Shape {
    guard shape.rank > start else { return shape }
    return Shape(shape.dimensions[..<start] + [shape.dimensions[start...].reduce(1, *)])
  }
}
