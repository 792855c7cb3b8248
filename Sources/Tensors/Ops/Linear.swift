// SPDX-License-Identifier: Apache-2.0

/// x Wᵀ + b, then an activation, in one operation.
///
/// `x` is [..., in], `weight` [out, in] as in PyTorch, `bias` [out]; the result is [..., out]. Throws when the last
/// axis of `x` is not `in`.
public func linear(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity
) throws(TensorError) -> Tensor {
  guard weight.rank == 2 else {
    throw .unsuitable(operation: "linear", shape: weight.shape, needs: "a weight [out, in]")
  }
  guard x.rank > 0, x.shape.last == weight.shape[1] else {
    throw .mismatch(operation: "linear", left: x.shape, right: weight.shape)
  }
  if let bias, bias.shape != [weight.shape[0]] {
    throw .mismatch(operation: "linear", left: weight.shape, right: bias.shape)
  }
  if x.rank != 2 {
    let outer = Array(x.shape.dimensions.dropLast())
    let rows = try x.reshaped(to: [Shape(outer).count, x.shape.last])
    return try linear(rows, weight: weight, bias: bias, activation: activation)
      .reshaped(to: Shape(outer + [weight.shape[0]]))
  }
  if !activation.isKnownByItsValue {
    return try activate(linear(x, weight: weight, bias: bias), activation)
  }
  return try fusedLinear(x.floats(), weight.floats(), bias?.floats(), activation)
}

private func fusedLinear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation
) throws(TensorError) -> Tensor {
  weight.storage.keepsPacks = true
  let y = try product(x, weight, bias, activation)
  let (input, matrix) = (x.detached(), weight.detached())
  let hasBias = bias != nil
  return y.recorded(activation.linearName, [x, weight] + (bias.map { [$0] } ?? [])) { (node, g) throws(TensorError) in
    let inner = try activation.backward(g, value: node.output(y))
    return [
      node.needs(0) ? try matrixProduct(inner, node.input(1, matrix)) : nil,
      node.needs(1) ? try matrixProduct(inner, node.input(0, input), transposingLeft: true) : nil,
      hasBias && node.needs(2) ? try sum(inner, alongAxis: 0) : nil,
    ]
  }
}

private func product(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation
) throws(TensorError) -> Tensor {
  let (rows, depth, columns) = (x.shape[0], x.shape[1], weight.shape[0])
  let none = try Tensor.uninitialized([0])
  return try x.withFloats { (left) throws(TensorError) in
    try (bias ?? none).withFloats { (addend) throws(TensorError) in
      try .making([rows, columns]) { (out) throws(TensorError) in
        let plan = MatrixMultiplication(
          rows: rows, columns: columns, depth: depth, leftStrides: (depth, 1), rightStrides: (1, depth),
          bias: bias == nil ? nil : addend, activation: activation)
        try plan.multiply(left, weight, isTransposed: true, into: out)
      }
    }
  }
}

extension Activation {
  /// The name of a linear layer that ends with this activation.
  fileprivate var linearName: StaticString {
    switch self {
    case .identity: "linear"
    case .relu: "linear+relu"
    case .leakyReLU: "linear+leaky_relu"
    case .tanh: "linear+tanh"
    case .sigmoid: "linear+sigmoid"
    }
  }
}
