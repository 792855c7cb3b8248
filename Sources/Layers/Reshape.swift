// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Gives each sample another shape: [batch, 784] becomes [batch, 1, 28, 28] by `Reshape([1, 28, 28])`.
public final class Reshape: Layer {
  /// The shape of one sample, without the batch axis.
  public let shape: Shape
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  ///
  /// Throws when a size is below one.
  public init(_ shape: Shape) throws(LayerError) {
    try requireAtLeastOne(shape.dimensions.map { ("size", $0) }, for: "Reshape\(shape)")
    self.shape = shape
  }

  /// The kind of layer.
  public var typeName: String { "Reshape" }

  /// As in `Reshape(1, 28, 28)`.
  public var summary: String { "Reshape(" + shape.dimensions.map(String.init).joined(separator: ", ") + ")" }

  /// As in `[*, 784]`.
  public var inputPattern: String? { "[*, \(shape.count)]" }

  /// The input under its new shape.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    let target = try reshaped(input.shape)
    do {
      return .tensor(try input.reshaped(to: target))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The batch axis, then the shape asked for.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape { .tensor(try reshaped(input)) }

  private func reshaped(_ input: Shape) throws(LayerError) -> Shape {
    guard input.rank >= 1, Shape(Array(input.dimensions.dropFirst())).count == shape.count else {
      throw LayerError(.reshape(to: shape), in: self, input: input)
    }
    return Shape([input[0]] + shape.dimensions)
  }
}
