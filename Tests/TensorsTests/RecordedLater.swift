// SPDX-License-Identifier: Apache-2.0
@testable import Tensors

/// The second part of the recorded names: comparisons, shapes, tensors out of nothing, and the gradient penalty.
let recordedLater: [String: RecordedOperation] = logical.merging(reshaping) { a, _ in a }
  .merging(creating) { a, _ in a }.merging(composed) { a, _ in a }

private let logical: [String: RecordedOperation] = [
  "less_equal": { (x, _) throws(TensorError) in try x[0] <= x[1] },
  "greater": { (x, _) throws(TensorError) in try x[0] > x[1] },
  "not_equal": { (x, _) throws(TensorError) in try x[0] .!= x[1] },
  "logical_and": { (x, _) throws(TensorError) in try logicalAnd(x[0], x[1]) },
  "logical_or": { (x, _) throws(TensorError) in try logicalOr(x[0], x[1]) },
  "logical_not": { (x, _) throws(TensorError) in try logicalNot(x[0]) },
  "to_integers": { (x, _) throws(TensorError) in try x[0].converted(to: .int64) },
  "to_floats": { (x, _) throws(TensorError) in try x[0].converted(to: .float32) },
]

private let reshaping: [String: RecordedOperation] = [
  "reshape": { (x, _) throws(TensorError) in try x[0].reshaped(to: [4, -1]) },
  "flatten": { (x, _) throws(TensorError) in try x[0].flattened(from: 1) },
  "squeeze": { (x, _) throws(TensorError) in try x[0].squeezed(axis: 1) },
  "unsqueeze": { (x, _) throws(TensorError) in try x[0].unsqueezed(axis: -1) },
  "broadcast": { (x, _) throws(TensorError) in try x[0].broadcast(to: [2, 3, 4]) },
  "split": { (x, c) throws(TensorError) in try split(x[0], size: c.int(0), alongAxis: c.int(1))[1] },
  "replace": { (x, _) throws(TensorError) in
    try x[0].replacing([.range(from: 0, to: 4, step: 2)], with: x[1])
  },
  "mask": { (x, _) throws(TensorError) in try masked(x[0], where: x[1]) },
  "embedding": { (x, _) throws(TensorError) in try embedding(x[0], table: x[1]) },
]

private let creating: [String: RecordedOperation] = [
  "zeros": { (_, _) throws(TensorError) in try .zeros([2, 3]) },
  "ones": { (_, _) throws(TensorError) in try .ones([2, 3]) },
  "full": { (_, _) throws(TensorError) in try .full([2, 3], 0.25) },
  "range": { (_, c) throws(TensorError) in
    try .range(Int64(c.int(0)), Int64(c.int(1)), step: Int64(c.int(2)))
  },
  "range_of_floats": { (_, c) throws(TensorError) in try .range(c.numbers[0], c.numbers[1], step: c.numbers[2]) },
  "linspace": { (_, c) throws(TensorError) in try .linearSpace(c.numbers[0], c.numbers[1], count: c.int(2)) },
  "identity": { (_, c) throws(TensorError) in try .identity(c.int(0)) },
]

private let composed: [String: RecordedOperation] = [
  "add_number": { (x, _) throws(TensorError) in try 2 - x[0] + 0.5 },
  "scale_number": { (x, _) throws(TensorError) in try 3 / (x[0] * 0.25) },
  "dot": { (x, _) throws(TensorError) in try dot(x[0], x[1]) },
  "sum_axes": { (x, _) throws(TensorError) in try sum(x[0], alongAxes: [0, 2]) },
  "mean_axes": { (x, _) throws(TensorError) in try mean(x[0], alongAxes: [0, 2]) },
  "spectral_norm": { (x, _) throws(TensorError) in
    var left = try Tensor([1, 0, 0, 0] as [Float], shape: [4])
    return try spectrallyNormalized(x[0], left: &left, iterations: 500)
  },
  "gradient_penalty": { (x, _) throws(TensorError) in
    let examples = try x[0].requiringGradient()
    let score = try matmul(leakyReLU(matmul(examples, x[1].transposed())), x[2])
    let slopes = try gradient(of: sum(score), withRespectTo: [examples], createGraph: true)[0]
    let distance = try norm(slopes, alongAxis: 1) - 1
    return try mean(distance * distance)
  },
]
