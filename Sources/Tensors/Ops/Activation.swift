// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The functions that layers end with, as data, so that an operation can apply one while it writes its result.
public enum Activation: Sendable, Hashable {
  /// The value itself.
  case identity
  /// max(x, 0).
  case relu
  /// x where positive, otherwise x times the slope, which is above 0 and below 1.
  case leakyReLU(slope: Float)
  /// The hyperbolic tangent.
  case tanh
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
}

extension Activation {
  /// The word for the operation.
  var name: StaticString {
    switch self {
    case .identity: "identity"
    case .relu: "relu"
    case .leakyReLU: "leaky_relu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    }
  }

  private var backwardName: StaticString {
    switch self {
    case .identity: "identity_backward"
    case .relu: "relu_backward"
    case .leakyReLU: "leaky_relu_backward"
    case .tanh: "tanh_backward"
    case .sigmoid: "sigmoid_backward"
    }
  }

  /// Whether the derivative follows from the value, so that an operation may apply the function as it ends.
  ///
  /// With a slope of zero or below, the sign of the value no longer tells the side.
  var isKnownByItsValue: Bool {
    if case .leakyReLU(let slope) = self { return slope > 0 }
    return true
  }

  /// The kernel's word for the function, and its parameter; nil for the value itself.
  var function: (KernelFunction, Float)? {
    switch self {
    case .identity: nil
    case .relu: (.relu, 0)
    case .leakyReLU(let slope): (.leakyRelu, slope)
    case .tanh: (.tanh, 0)
    case .sigmoid: (.sigmoid, 0)
    }
  }

  /// The function of each element, without a graph.
  func applied(to x: Tensor) throws(TensorError) -> Tensor {
    guard let (function, parameter) = function else { return x.detached() }
    return try x.mapped(function, parameter)
  }

  /// `gradient` times the derivative, which follows from the function's value `y`.
  ///
  /// Itself differentiable with respect to both.
  func backward(_ gradient: Tensor, value y: Tensor) throws(TensorError) -> Tensor {
    if self == .identity { return gradient }
    let (g, saved) = (gradient.detached(), y.detached())
    return try slope(saved, times: g).recorded(backwardName, gradient, y) { (node, outer) throws(TensorError) in
      [
        node.needs(0) ? try backward(outer, value: node.input(1, saved)) : nil,
        node.needs(1) ? try curvature(outer, node.input(0, g), node.input(1, saved)) : nil,
      ]
    }
  }

  private func slope(_ y: Tensor, times g: Tensor) throws(TensorError) -> Tensor {
    let (kind, parameter) = kernel
    let order = commonPixelOrder(y, g)
    return try y.withFloatsAsTheyLie { (y) throws(TensorError) in
      try g.withFloatsAsTheyLie { (from) throws(TensorError) in
        try .making(g.shape, in: order) { (out) throws(TensorError) in
          try inRanges(g.count, cost: 0.2, grain: 64) { range in
            kernels.elementwise.activationBackward(
              kind, parameter, y, from, out, range.lowerBound, range.upperBound)
          }
        }
      }
    }
  }

  /// The derivative of `backward` with respect to the function's value, times `outer`.
  private func curvature(_ outer: Tensor, _ g: Tensor, _ y: Tensor) throws(TensorError) -> Tensor? {
    switch self {
    case .identity, .relu, .leakyReLU: nil
    case .tanh: try outer * g * y * -2
    case .sigmoid: try outer * g * (1 - y * 2)
    }
  }
}

/// An activation of each element.
public func activate(_ x: Tensor, _ activation: Activation) throws(TensorError) -> Tensor {
  let x = try x.floats()
  if activation == .identity { return x }
  if case .leakyReLU(let slope) = activation, !activation.isKnownByItsValue {
    return try leakyReLU(x, slope: Double(slope))
  }
  let y = try activation.applied(to: x)
  return y.recorded(activation.name, x) { (node, g) throws(TensorError) in
    [try activation.backward(g, value: node.output(y))]
  }
}

/// max(x, 0).
public func relu(_ x: Tensor) throws(TensorError) -> Tensor { try activate(x, .relu) }

/// The hyperbolic tangent.
public func tanh(_ x: Tensor) throws(TensorError) -> Tensor { try activate(x, .tanh) }

/// 1 / (1 + e⁻ˣ).
public func sigmoid(_ x: Tensor) throws(TensorError) -> Tensor { try activate(x, .sigmoid) }

/// x where positive, otherwise x times `slope`.
public func leakyReLU(_ x: Tensor, slope: Double = 0.2) throws(TensorError) -> Tensor {
  if slope > 0 { return try activate(x, .leakyReLU(slope: Float(slope))) }
  // With a slope of zero or below, the sign of the value no longer tells the side.
  let x = try x.floats()
  let factor = try x.mapped { $0 > 0 ? 1 : Float(slope) }
  return try x * factor
}

/// log(1 + eˣ), a smooth relu.
public func softplus(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let saved = x.detached()
  return try x.mapped(.softplus).recorded("softplus", x) {
    (node, g) throws(TensorError) in
    [try g * sigmoid(node.input(0, saved))]
  }
}
