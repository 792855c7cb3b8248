// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Divides the weight of a layer by its largest singular value, so that the layer stretches nothing.
///
/// The singular value is followed by one power iteration a training step, as in PyTorch: `u` and `v` are buffers
/// `weight_u`, `weight_v`; the trained parameter is `weight_orig`. Wraps `Linear`, `Conv2d`, `ConvTranspose2d` and
/// `Embedding`. Miyato and others 2018, arXiv:1802.05957.
public final class SpectralNorm: Layer {
  /// The layer whose weight is divided.
  public let layer: any Layer
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()
  private let weight: Parameter
  private let axis: Int
  private let left: Buffer
  private let right: Buffer

  /// Wraps a layer; the starting vectors are drawn from `random`.
  ///
  /// Throws when the layer has no weight.
  public init(_ layer: any Layer, random: RandomStream) throws(LayerError) {
    guard let weight = layer.parameters.first(where: { $0.name == "weight" })?.parameter, weight.value.rank >= 2 else {
      throw LayerError(
        .setting(name: "layer", value: layer.summary, needs: "a layer with a weight matrix"), of: "SpectralNorm")
    }
    self.layer = layer
    self.weight = weight
    axis = layer is ConvTranspose2d ? 1 : 0
    let rows = weight.value.shape[axis]
    do {
      left = Buffer("weight_u", try unit(random.normal([rows])))
      right = Buffer("weight_v", try unit(random.normal([weight.count / rows])))
      for _ in 0..<15 { try iterate(try matrix(weight.value.detached())) }
    } catch {
      throw LayerError(.tensor(error), of: "SpectralNorm(\(layer.summary))")
    }
  }

  /// The kind of layer.
  public var typeName: String { "SpectralNorm" }

  /// As in `SpectralNorm(Linear(784 → 128))`.
  public var summary: String { "SpectralNorm(\(layer.summary))" }

  /// What the wrapped layer takes.
  public var inputPattern: String? { layer.inputPattern }

  /// The parameters of the wrapped layer; its weight is called `weight_orig`.
  public var parameters: [(name: String, parameter: Parameter)] {
    layer.parameters.map { ($0.name == "weight" ? "weight_orig" : $0.name, $0.parameter) }
  }

  /// `weight_u` and `weight_v`.
  public var buffers: [(name: String, buffer: Buffer)] { [("weight_u", left), ("weight_v", right)] }

  /// The output of the wrapped layer with its weight divided.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    let original = weight.value
    do {
      let rows = try matrix(context.value(of: weight))
      if context.isTraining, context.updatesStatistics {
        try iterate(rows.detached())
      }
      let sigma = try dot(left.value, matmul(rows, right.value))
      weight.value = try context.value(of: weight) / sigma
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
    defer { weight.value = original }
    return try layer.forward(input, in: context)
  }

  /// The shape of the wrapped layer's output.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    try layer.outputShape(for: input)
  }

  /// One power iteration: v ← Wᵀu / ‖Wᵀu‖, u ← Wv / ‖Wv‖.
  private func iterate(_ matrix: Tensor) throws(TensorError) {
    right.value = try unit(matmul(matrix.transposed(), left.value))
    left.value = try unit(matmul(matrix, right.value))
  }

  /// The weight with its output axis as rows.
  private func matrix(_ value: Tensor) throws(TensorError) -> Tensor {
    var value = value
    if axis == 1 { value = try value.transposed(0, 1) }
    return try value.reshaped(to: [value.shape[0], -1])
  }
}

/// A vector of length one in the same direction.
private func unit(_ vector: Tensor) throws(TensorError) -> Tensor {
  let vector = vector.detached()
  let length = try sqrt(sum(vector * vector))
  return try vector / maximum(length, Tensor(1e-12))
}
