// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A layer whose forward pass is a function given from above, with layers and parameters of its own.
public final class FunctionLayer: LayerContainer {
  /// The forward pass; what it throws reaches the caller inside a `LayerError`.
  ///
  /// It gets the layer itself, so that it can use the layers inside without holding on to itself.
  public typealias Forward = (
    _ layer: FunctionLayer, _ inputs: [Tensor], _ context: ForwardContext
  ) throws -> LayerOutput

  /// The layers inside, by name.
  public private(set) var children: [(name: String, layer: any Layer)]
  /// The parameters of the layer itself, by name.
  public let parameters: [(name: String, parameter: Parameter)]
  /// The function as people wrote it, or the kind of layer.
  public let summary: String
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()
  private let body: Forward

  /// Makes a layer from a function.
  public init(
    _ summary: String, children: [(name: String, layer: any Layer)] = [],
    parameters: [(name: String, parameter: Parameter)] = [], forward: @escaping Forward
  ) {
    self.summary = summary
    self.children = children
    self.parameters = parameters
    body = forward
  }

  /// The kind of layer.
  public var typeName: String { "Module" }

  /// The layers inside, in order.
  public var inside: [any Layer] { children.map { $0.layer } }

  /// Puts other layers in the places of those inside; the names stay.
  public func exchange(_ layers: [any Layer]) {
    precondition(layers.count == children.count, "a module keeps as many layers as it has")
    children = zip(children, layers).map { ($0.name, $1) }
  }

  /// The function's result.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try forward([input], in: context)
  }

  /// The function's result for several inputs.
  public func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    do {
      return try body(self, inputs, context)
    } catch let error as LayerError {
      throw error
    } catch {
      throw LayerError(.function(error), in: self, input: inputs.first?.shape)
    }
  }

  /// The shape found by running the function on zeros, in inference and apart from every graph.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    do {
      let zeros = try Tensor.zeros(input)
      let context = ForwardContext(
        isTraining: false, random: RandomStream(seed: 0, stream: 0), recordsGradients: false,
        updatesStatistics: false)
      return try forward([zeros], in: context).shape
    } catch let error as LayerError {
      throw error
    } catch {
      throw LayerError(.function(error), in: self, input: input)
    }
  }
}
