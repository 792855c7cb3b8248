// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Layers one after the other.
///
/// A linear layer, a convolution, a pool or a normalisation of the batch followed by an activation runs as one
/// operation; a ReLU before a pool of largest values is taken of what it leaves, a fraction of the image. The results
/// are the same as one after the other.
public final class Sequential: LayerContainer {
  /// The layers in the order in which they run.
  public private(set) var layers: [any Layer]
  /// What the whole is called: `Sequential`, or the part it plays, such as `Generator`.
  public let typeName: String
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()
  private let names: [String]
  private var fusions: [(layer: any FusableLayer, activation: Activation)?]

  /// Makes a sequence; the layers are named `0`, `1`, … unless names are given.
  ///
  /// `typeName` is what the whole is called, such as `Generator`.
  public init(_ layers: [any Layer], names: [String]? = nil, typeName: String = "Sequential") {
    self.layers = layers
    self.typeName = typeName
    self.names = names ?? layers.indices.map(String.init)
    fusions = Self.fusions(of: layers)
    precondition(self.names.count == layers.count, "a sequence needs as many names as layers")
  }

  private static func fusions(of layers: [any Layer]) -> [(layer: any FusableLayer, activation: Activation)?] {
    layers.indices.map { index in
      guard index + 1 < layers.count, let layer = layers[index] as? any FusableLayer,
        let activation = (layers[index + 1] as? ActivationLayer)?.fusable
      else { return nil }
      return (layer, activation)
    }
  }

  /// The layers in the order in which they run.
  public var inside: [any Layer] { layers }

  /// Puts other layers in the places of those inside.
  public func exchange(_ layers: [any Layer]) {
    precondition(layers.count == names.count, "a sequence keeps as many layers as it has")
    self.layers = layers
    fusions = Self.fusions(of: layers)
  }

  /// Makes a sequence of layers named `0`, `1`, ….
  public convenience init(_ layers: any Layer...) {
    self.init(layers)
  }

  /// As in `Sequential(5 layers)`.
  public var summary: String { layers.count == 1 ? "\(typeName)(1 layer)" : "\(typeName)(\(layers.count) layers)" }

  /// The layers by name.
  public var children: [(name: String, layer: any Layer)] {
    zip(names, layers).map { ($0, $1) }
  }

  /// What the first layer takes.
  public var inputPattern: String? { layers.first?.inputPattern }

  /// The output of the last layer.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try run([input], from: 0, in: context)
  }

  /// The output of the last layer, the first being given all the inputs.
  public func forward(_ inputs: [Tensor], in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try run(inputs, from: 0, in: context)
  }

  /// The output of the layer before position `end`, from the input of the one at `start`.
  ///
  /// Features inside a net are read this way.
  public func output(
    of input: Tensor, from start: Int = 0, upTo end: Int, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    try run([input], from: start, upTo: end, in: context)
  }

  private func run(
    _ inputs: [Tensor], from start: Int, upTo end: Int? = nil, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    guard let first = inputs.first else { throw LayerError(.inputCount(expected: 1, found: 0), in: self) }
    let end = min(end ?? layers.count, layers.count)
    var value = LayerOutput.tensor(first)
    var passed: [(index: Int, output: LayerShape)] = []
    var index = max(start, 0)
    var waiting: Activation?
    while index < end {
      let fused = inputs.count == 1 || index > start ? fusion(at: index, before: end, waiting) : nil
      do throws(LayerError) {
        if index == start, inputs.count > 1 {
          value = try layers[index].run(inputs, in: context)
        } else {
          guard case .tensor(let tensor) = value else {
            throw LayerError(.manyOutputs(names(of: value)), in: layers[index])
          }
          value =
            if let fused {
              try fused.layer.forward(tensor, activation: fused.activation, in: context)
            } else {
              try layers[index].run(tensor, in: context)
            }
        }
      } catch {
        throw error.within(names[index], after: steps(passed))
      }
      passed.append((index, value.shape))
      index += fused?.length ?? 1
      waiting = fused?.waiting
    }
    return value
  }

  /// Layers that run as one.
  private struct Fusion {
    let layer: any FusableLayer
    /// What the layer ends with.
    let activation: Activation
    /// What the pool behind them ends with instead.
    var waiting: Activation?
    /// How many of the sequence they are.
    let length: Int
  }

  /// The layer at a position and the activation behind it, when both can run as one: nobody is to see what lies
  /// between.
  ///
  /// ReLU keeps the order of values, so that it may come after the largest was picked; where it makes several zero, no
  /// gradient flows to any.
  private func fusion(at index: Int, before end: Int, _ waiting: Activation?) -> Fusion? {
    if let waiting, let pool = layers[index] as? any FusableLayer {
      return Fusion(layer: pool, activation: waiting, length: 1)
    }
    guard index + 1 < end, let (layer, activation) = fusions[index], !layers[index].notes.isRemarkable,
      !layers[index + 1].notes.isRemarkable
    else { return nil }
    if activation == .relu, index + 2 < end, let pool = layers[index + 2] as? Pool, pool.kind == .maximum,
      !pool.notes.isRemarkable
    {
      return Fusion(layer: layer, activation: .identity, waiting: activation, length: 2)
    }
    return Fusion(layer: layer, activation: activation, length: 2)
  }

  private func names(of value: LayerOutput) -> [String] {
    if case .record(let fields) = value { fields.map(\.name) } else { [] }
  }

  /// The layers before the one that failed, with the shapes they gave.
  private func steps(_ passed: [(index: Int, output: LayerShape)]) -> [LayerError.Step] {
    passed.map {
      LayerError.Step(name: names[$0.index], layer: layers[$0.index].summary, output: $0.output.description)
    }
  }

  /// The shape after the last layer.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    var result = LayerShape.tensor(input)
    var passed: [(index: Int, output: LayerShape)] = []
    for (index, layer) in layers.enumerated() {
      do throws(LayerError) {
        guard let shape = result.shape else { throw LayerError(.manyOutputs([]), in: layer) }
        result = try layer.outputShape(for: shape)
      } catch {
        throw error.within(names[index], after: steps(passed))
      }
      passed.append((index, result))
    }
    return result
  }
}
