// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// How the weights of a net start.
public enum Initialization: String, Sendable, CaseIterable {
  /// Uniform in ±1/√fan-in for weights and biases: PyTorch's default.
  case standard = "default"
  /// Normal with deviation 0.02, batch-norm scales around 1, biases zero. Radford and others 2015, arXiv:1511.06434.
  case dcgan
  /// Uniform in ±√(6 / (fan-in + fan-out)), biases zero. Glorot and Bengio 2010.
  case xavier
  /// Normal with deviation √(2 / fan-in), biases zero. He and others 2015, arXiv:1502.01852.
  case he
  /// Normal with deviation √(2 / (fan-in + fan-out)), biases zero. Glorot and Bengio 2010.
  case xavierNormal = "xavier_normal"
  /// Everything zero: a net that cannot learn, to see why.
  case zeros
}

extension Layer {
  /// Draws new starting values for all parameters of the net.
  ///
  /// Scales and shifts of normalisations start at 1 and 0 except under `dcgan`. Throws when memory runs out.
  public func initialize(_ scheme: Initialization, random: RandomStream) throws(LayerError) {
    var failure: LayerError?
    forEachLayer { _, layer in
      guard failure == nil else { return }
      do throws(TensorError) {
        try start(layer, scheme, random)
      } catch {
        failure = LayerError(.tensor(error), in: layer)
      }
    }
    if let failure { throw failure }
  }
}

private func start(
  _ layer: any Layer, _ scheme: Initialization, _ random: RandomStream
) throws(TensorError) {
  let matrix = layer.parameters.first { $0.parameter.value.rank >= 2 }?.parameter
  let fans = matrix.map { fansOf($0.value.shape) }
  for (name, parameter) in layer.parameters {
    let shape = parameter.value.shape
    if let fans, shape.rank >= 2 {
      try parameter.set(weight(shape, scheme, fans, isTable: layer is Embedding, random))
    } else if let fans, name.hasPrefix("bias"), scheme == .standard {
      try parameter.set(.uniform(within: 1 / Double(fans.inward).squareRoot(), shape, random: random))
    } else if fans == nil, !name.hasPrefix("bias"), scheme == .dcgan {
      try parameter.set(random.normal(shape) * 0.02 + 1)
    } else {
      let isScale = fans == nil && !name.hasPrefix("bias") && scheme != .zeros
      try parameter.set(isScale ? .ones(shape) : .zeros(shape))
    }
  }
}

private func weight(
  _ shape: Shape, _ scheme: Initialization, _ fans: (inward: Int, outward: Int), isTable: Bool,
  _ random: RandomStream
) throws(TensorError) -> Tensor {
  let (inward, outward) = (Double(fans.inward), Double(fans.outward))
  switch scheme {
  case .standard:
    return isTable
      ? try random.normal(shape) : try .uniform(within: 1 / inward.squareRoot(), shape, random: random)
  case .dcgan: return try random.normal(shape) * 0.02
  case .xavier: return try .uniform(within: (6 / (inward + outward)).squareRoot(), shape, random: random)
  case .xavierNormal: return try random.normal(shape) * (2 / (inward + outward)).squareRoot()
  case .he: return try random.normal(shape) * (2 / inward).squareRoot()
  case .zeros: return try .zeros(shape)
  }
}

/// How many inputs feed an output and how many outputs an input feeds, as PyTorch counts them: axis 1, then axis 0,
/// times the size of the window, whatever the layer.
private func fansOf(_ shape: Shape) -> (inward: Int, outward: Int) {
  let window = shape.dimensions.dropFirst(2).reduce(1, *)
  return (shape[1] * window, shape[0] * window)
}

extension Tensor {
  /// Numbers drawn uniformly from −bound … bound.
  static func uniform(within bound: Double, _ shape: Shape, random: RandomStream) throws(TensorError) -> Tensor {
    try random.uniform(shape) * (2 * bound) - bound
  }
}
