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
  if case .leakyReLU(let slope) = activation, !(slope > 0) {
    return try activate(linear(x, weight: weight, bias: bias), activation)
  }
  return try fusedLinear(x.floats(), weight.floats(), bias?.floats(), activation)
}

private func fusedLinear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation
) throws(TensorError) -> Tensor {
  let y = try withoutRecording { () throws(TensorError) in
    var y = try matrixProduct(x.detached(), weight.detached(), transposingRight: true)
    if let bias { y = try y + bias.detached() }
    return try activation.applied(to: y)
  }
  let (input, matrix) = (x.detached(), weight.detached())
  let name = activation == .identity ? "linear" : "linear+" + activation.name
  return y.recorded(name, [x, weight] + (bias.map { [$0] } ?? [])) { (node, g) throws(TensorError) in
    let inner = try activation.backward(g, value: node.output(y))
    var gradients: [Tensor?] = [
      node.needs(0) ? try matrixProduct(inner, node.input(1, matrix)) : nil,
      node.needs(1) ? try matrixProduct(inner, node.input(0, input), transposingLeft: true) : nil,
    ]
    if bias != nil { gradients.append(node.needs(2) ? try sum(inner, alongAxis: 0) : nil) }
    return gradients
  }
}
