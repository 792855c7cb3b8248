// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Several layers on one input, with their outputs by name.
///
/// The encoder of a variational autoencoder ends in two: the mean and the logarithm of the variance.
public final class Heads: LayerContainer {
  /// The layers by name, in the order of their outputs.
  public private(set) var heads: [(name: String, layer: any Layer)]
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes a layer from others and their names.
  public init(_ heads: [(name: String, layer: any Layer)]) {
    self.heads = heads
  }

  /// The kind of layer.
  public var typeName: String { "Heads" }

  /// As in `Heads(mu, logvar)`.
  public var summary: String { "Heads(" + heads.map(\.name).joined(separator: ", ") + ")" }

  /// The layers by name.
  public var children: [(name: String, layer: any Layer)] { heads }

  /// The layers in the order of their outputs.
  public var inside: [any Layer] { heads.map { $0.layer } }

  /// Puts other layers in the places of those inside; the names stay.
  public func exchange(_ layers: [any Layer]) {
    precondition(layers.count == heads.count, "heads keep as many layers as they have")
    heads = zip(heads, layers).map { ($0.name, $1) }
  }

  /// What the first of them takes.
  public var inputPattern: String? { heads.first?.layer.inputPattern }

  /// One tensor from each layer.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    var fields: [(name: String, tensor: Tensor)] = []
    for (name, layer) in heads {
      do throws(LayerError) {
        let output = try layer.run(input, in: context)
        guard case .tensor(let tensor) = output else {
          throw LayerError(.manyOutputs([]), in: layer, input: input.shape)
        }
        fields.append((name, tensor))
      } catch {
        throw error.within(name)
      }
    }
    return .record(fields)
  }

  /// The shapes by name.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    var fields: [(name: String, shape: Shape)] = []
    for (name, layer) in heads {
      do throws(LayerError) {
        let output = try layer.outputShape(for: input)
        guard let shape = output.shape else { throw LayerError(.manyOutputs([]), in: layer, input: input) }
        fields.append((name, shape))
      } catch {
        throw error.within(name)
      }
    }
    return .record(fields)
  }
}
