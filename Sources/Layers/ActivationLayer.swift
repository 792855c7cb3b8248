// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A function of each element, or of the last axis, without parameters.
public final class ActivationLayer: Layer {
  /// Which function.
  public enum Kind: Sendable, Hashable {
    /// max(x, 0).
    case relu
    /// x where positive, otherwise x times the slope. Maas, Hannun and Ng 2013.
    case leakyReLU(slope: Double)
    /// The hyperbolic tangent, −1 … 1.
    case tanh
    /// 1 / (1 + e⁻ˣ), 0 … 1.
    case sigmoid
    /// log(1 + eˣ).
    case softplus
    /// The exponential linear unit: x where positive, otherwise eˣ − 1. arXiv:1511.07289.
    case elu
    /// x · sigmoid(x). arXiv:1702.03118.
    case silu
    /// Probabilities along the last axis.
    case softmax
    /// Logarithms of probabilities along the last axis.
    case logSoftmax
  }

  /// Which function.
  public let kind: Kind
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  public init(_ kind: Kind) {
    self.kind = kind
  }

  /// The name of the function, as people write it.
  public var typeName: String {
    switch kind {
    case .relu: "relu"
    case .leakyReLU: "LeakyReLU"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .elu: "elu"
    case .silu: "silu"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    }
  }

  /// The name of the function, as in `LeakyReLU(0.2)`.
  public var summary: String {
    if case .leakyReLU(let slope) = kind { "LeakyReLU(\(shortest(slope)))" } else { typeName }
  }

  /// The function in the form that an operation before it can apply while it writes its result; nil when it cannot.
  var fusable: Activation? {
    switch kind {
    case .relu: .relu
    case .leakyReLU(let slope): slope > 0 ? .leakyReLU(slope: Float(slope)) : nil
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .softplus, .elu, .silu, .softmax, .logSoftmax: nil
    }
  }

  /// The function of the input.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    do {
      return .tensor(try value(at: input))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  private func value(at x: Tensor) throws(TensorError) -> Tensor {
    switch kind {
    case .relu: try relu(x)
    case .leakyReLU(let slope): try leakyReLU(x, slope: slope)
    case .tanh: try tanh(x)
    case .sigmoid: try sigmoid(x)
    case .softplus: try softplus(x)
    case .elu: try select(where: x > Tensor(0.0), x, otherwise: exp(minimum(x, Tensor(0.0))) - 1)
    case .silu: try x * sigmoid(x)
    case .softmax: try softmax(x, alongAxis: -1)
    case .logSoftmax: try logSoftmax(x, alongAxis: -1)
    }
  }

  /// The shape of the input.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape { .tensor(input) }
}

/// A number in the shortest form that reads back the same, without `.0`.
func shortest(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
