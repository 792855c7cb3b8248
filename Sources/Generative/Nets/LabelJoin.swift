// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// Puts the label beside each example: the first layer of a net that is told which class it has to do with.
///
/// Two inputs, x [batch, …] and labels [batch]; the output is [batch, size + width], x flattened and the label as a
/// one-hot vector or as a learned one, or, with planes, x with one more channel for each class, 1 in that of the label
/// and 0 in the others. Mirza and Osindero 2014, arXiv:1411.1784.
public final class LabelJoin: Layer, CopyableLayer {
  /// The form in which a label enters.
  public enum Form: Sendable, Hashable {
    /// A one-hot vector.
    case oneHot
    /// A learned vector of a given length.
    case learned(Int)
    /// A channel for each class.
    case planes
  }

  /// How many classes there are.
  public let classes: Int
  /// The form in which a label enters.
  public let form: Form
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()
  private let table: Embedding?

  /// A join for so many classes.
  ///
  /// Throws when there is no class or a vector has no length.
  public init(classes: Int, form: Form = .oneHot, random: RandomStream) throws(LayerError) {
    guard classes >= 1 else {
      throw LayerError(.setting(name: "classes", value: "\(classes)", needs: "a whole number from 1"), of: "LabelJoin")
    }
    self.classes = classes
    self.form = form
    table = if case .learned(let width) = form { try Embedding(classes, width, random: random) } else { nil }
  }

  /// The kind of layer.
  public var typeName: String { "LabelJoin" }

  /// As in `LabelJoin(10)` or `LabelJoin(10, learned 16)`.
  public var summary: String {
    switch form {
    case .oneHot: "LabelJoin(\(classes))"
    case .learned(let width): "LabelJoin(\(classes), learned \(width))"
    case .planes: "LabelJoin(\(classes), planes)"
    }
  }

  /// The table of learned vectors, if there is one.
  public var children: [(name: String, layer: any Layer)] { table.map { [("embedding", $0)] } ?? [] }

  /// Throws: a label is needed beside the example.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    throw LayerError(.inputCount(expected: 2, found: 1), in: self, input: input.shape)
  }

  /// The example and its label in one tensor.
  ///
  /// Throws when there are not two inputs or a label is not in 0 ..< classes.
  public func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    guard inputs.count == 2 else {
      throw LayerError(.inputCount(expected: 2, found: inputs.count), in: self, input: inputs.first?.shape)
    }
    let vector = try labelVectors(inputs[1], in: context)
    do {
      return .tensor(try joined(inputs[0], vector))
    } catch {
      throw LayerError(.tensor(error), in: self, input: inputs[0].shape)
    }
  }

  private func joined(_ x: Tensor, _ vector: Tensor) throws(TensorError) -> Tensor {
    guard form == .planes, x.rank == 4 else {
      return try concatenate([x.reshaped(to: [x.shape[0], -1]), vector], alongAxis: 1)
    }
    let ones = try Tensor.ones([1, 1, x.shape[2], x.shape[3]])
    let planes = try vector.reshaped(to: [x.shape[0], classes, 1, 1]) * ones
    return try concatenate([x, planes], alongAxis: 1)
  }

  /// The labels as vectors, [batch, width]; float labels [batch, classes] are taken as they are.
  private func labelVectors(_ labels: Tensor, in context: ForwardContext) throws(LayerError) -> Tensor {
    if let table { return try table(labels, in: context) }
    do {
      return labels.rank == 2 ? labels : try oneHot(labels, classes: classes)
    } catch {
      throw LayerError(.tensor(error), in: self, input: labels.shape)
    }
  }

  /// The shape for examples of a given shape.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank >= 2 else { throw LayerError(.rank(expected: [2, 4]), in: self, input: input) }
    if form == .planes, input.rank == 4 {
      return .tensor([input[0], input[1] + classes, input[2], input[3]])
    }
    return .tensor([input[0], input.dimensions.dropFirst().reduce(1, *) + width])
  }

  /// How many numbers a label becomes.
  var width: Int { if case .learned(let width) = form { width } else { classes } }

  /// A layer with the same settings.
  public func copy(random: RandomStream) throws(LayerError) -> any Layer {
    try LabelJoin(classes: classes, form: form, random: random)
  }
}
