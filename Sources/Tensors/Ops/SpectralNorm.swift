// SPDX-License-Identifier: Apache-2.0

/// A weight divided by its largest singular value, estimated by power iteration.
///
/// `weight` [out, …] counts as a matrix of `out` rows; `left` [out] is the running estimate of the left singular vector
/// and moves on by `iterations` steps; none leaves it as it is, as at inference. Gradients flow through the weight, not
/// through the vectors. Throws when the shapes do not fit. Miyato et al. 2018, arXiv:1802.05957.
public func spectrallyNormalized(
  _ weight: Tensor, left: inout Tensor, iterations: Int = 1, epsilon: Double = 1e-12
) throws(TensorError) -> Tensor {
  guard weight.rank > 0, left.shape == [weight.shape[0]] else {
    throw .mismatch(operation: "spectral_norm", left: weight.shape, right: left.shape)
  }
  let rows = weight.shape[0]
  let matrix = try weight.floats().reshaped(to: [rows, weight.count / Swift.max(rows, 1)])
  let constant = matrix.detached()
  var u = left.detached()
  var v = try unit(matmul(u, constant), epsilon)
  for _ in 0..<Swift.max(iterations, 0) {
    u = try unit(matmul(constant, v), epsilon)
    v = try unit(matmul(u, constant), epsilon)
  }
  left = u
  return try weight / dot(u, matmul(matrix, v))
}

private func unit(_ x: Tensor, _ epsilon: Double) throws(TensorError) -> Tensor {
  try x / maximum(norm(x), Tensor(epsilon))
}
