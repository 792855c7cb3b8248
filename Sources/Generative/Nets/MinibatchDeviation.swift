// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// Tells the discriminator how much the examples of a batch differ: a generator that repeats itself is found out.
///
/// Input [batch, features], output [batch, features + 1]; or [batch, channel, height, width] with one more channel. The
/// new number is the standard deviation over the batch, averaged over all features. Karras et al. 2017,
/// arXiv:1710.10196, section 3.
public final class MinibatchDeviation: Layer, CopyableLayer {
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// A layer without settings.
  public init() {}

  /// The kind of layer.
  public var typeName: String { "MinibatchDeviation" }

  /// The input with one number more for each example.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard input.rank == 2 || input.rank == 4 else {
      throw LayerError(.rank(expected: [2, 4]), in: self, input: input.shape)
    }
    do {
      let centred = try input - mean(input, alongAxis: 0, keepingDimensions: true)
      // The root has no slope at zero, where all examples are alike: a small number keeps it finite.
      let spread = try mean(sqrt(mean(centred * centred, alongAxis: 0) + 1e-8))
      let one = input.rank == 2 ? Shape([input.shape[0], 1]) : [input.shape[0], 1, input.shape[2], input.shape[3]]
      return .tensor(try concatenate([input, Tensor.ones(one) * spread], alongAxis: 1))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// One feature or channel more.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank == 2 || input.rank == 4 else { throw LayerError(.rank(expected: [2, 4]), in: self, input: input) }
    var sizes = input.dimensions
    sizes[1] += 1
    return .tensor(Shape(sizes))
  }

  /// A layer with the same settings.
  public func copy(random: RandomStream) throws(LayerError) -> any Layer { MinibatchDeviation() }
}
