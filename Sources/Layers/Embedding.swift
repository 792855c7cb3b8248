// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A row of numbers for each class: looks labels up in a table that is trained.
///
/// Input whole numbers [*], output [*, size]. `weight` is [count, size], starting standard normal.
public final class Embedding: Layer {
  /// How many classes there are.
  public let count: Int
  /// How many numbers stand for a class.
  public let size: Int
  /// The table, [count, size].
  public let weight: Parameter
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer with starting values drawn from `random`.
  ///
  /// Throws when a size is below one or the table does not fit in memory.
  public init(_ count: Int, _ size: Int, random: RandomStream) throws(LayerError) {
    let name = "Embedding(\(count), \(size))"
    try requireAtLeastOne([("n", count), ("d", size)], for: name)
    self.count = count
    self.size = size
    do {
      weight = try Parameter("weight", random.normal([count, size]))
    } catch {
      throw LayerError(.tensor(error), of: name)
    }
  }

  /// The kind of layer.
  public var typeName: String { "Embedding" }

  /// As in `Embedding(10, 16)`.
  public var summary: String { "Embedding(\(count), \(size))" }

  /// Whole numbers.
  public var inputPattern: String? { "[*] of whole numbers 0 … \(count - 1)" }

  /// `weight`.
  public var parameters: [(name: String, parameter: Parameter)] { [("weight", weight)] }

  /// The rows of the labels.
  ///
  /// Throws when a label is outside 0 ..< count, or not a whole number.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    do {
      return .tensor(try embedding(input, table: context.value(of: weight)))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The input's shape with one more axis.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    .tensor(Shape(input.dimensions + [size]))
  }
}
