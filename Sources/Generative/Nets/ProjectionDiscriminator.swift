// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// A discriminator that asks whether an example belongs to its label: s = w · φ(x) + b + e(label) · φ(x).
///
/// Two inputs, examples [batch, …] and labels [batch]; the output is [batch, 1], scores without a sigmoid. The label
/// enters as an inner product with the features, so it cannot be ignored as one input among hundreds can.
/// Miyato and Koyama 2018, arXiv:1802.05637.
public final class ProjectionDiscriminator: LayerContainer, CopyableLayer {
  /// From examples to features [batch, width].
  public private(set) var features: any Layer
  /// From features to a score without the label.
  public private(set) var head: any Layer
  /// A vector of features for each class.
  public private(set) var embedding: any Layer
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// A discriminator from its three parts; the vectors of classes must be as long as the features.
  public init(features: any Layer, head: any Layer, embedding: any Layer) {
    self.features = features
    self.head = head
    self.embedding = embedding
  }

  /// The kind of layer.
  public var typeName: String { "ProjectionDiscriminator" }

  /// `features`, `head` and `embedding`.
  public var children: [(name: String, layer: any Layer)] {
    [("features", features), ("head", head), ("embedding", embedding)]
  }

  /// `features`, `head` and `embedding`, without their names.
  public var inside: [any Layer] { [features, head, embedding] }

  /// Puts other layers in the places of the three.
  public func exchange(_ layers: [any Layer]) {
    precondition(layers.count == 3, "a projection discriminator keeps three parts")
    (features, head, embedding) = (layers[0], layers[1], layers[2])
  }

  /// What the features are taken from.
  public var inputPattern: String? { features.inputPattern }

  /// Throws: a label is needed beside the example.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    throw LayerError(.inputCount(expected: 2, found: 1), in: self, input: input.shape)
  }

  /// The scores, [batch, 1].
  ///
  /// Throws when there are not two inputs or a part does not fit the next.
  public func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard inputs.count == 2 else {
      throw LayerError(.inputCount(expected: 2, found: inputs.count), in: self, input: inputs.first?.shape)
    }
    let found = try part("features") { () throws(LayerError) in try features(inputs[0], in: context) }
    let plain = try part("head") { () throws(LayerError) in try head(found, in: context) }
    let direction = try part("embedding") { () throws(LayerError) in try embedding(inputs[1], in: context) }
    do {
      return .tensor(try plain + sum(found * direction, alongAxis: 1, keepingDimensions: true))
    } catch {
      throw LayerError(.tensor(error), in: self, input: inputs[0].shape)
    }
  }

  private func part(_ name: String, _ body: () throws(LayerError) -> Tensor) throws(LayerError) -> Tensor {
    do {
      return try body()
    } catch {
      throw error.within(name)
    }
  }

  /// [batch, 1].
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard let shape = try features.outputShape(for: input).shape else {
      throw LayerError(.manyOutputs([]), in: features, input: input)
    }
    return try head.outputShape(for: shape)
  }

  /// A layer with the same settings.
  public func copy(random: RandomStream) throws(LayerError) -> any Layer {
    ProjectionDiscriminator(
      features: try copied(features, random: random), head: try copied(head, random: random),
      embedding: try copied(embedding, random: random))
  }
}
