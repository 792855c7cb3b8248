// SPDX-License-Identifier: Apache-2.0
@testable import Tensors

typealias RecordedOperation = @Sendable ([Tensor], RecordedCase) throws(TensorError) -> Tensor

/// How each recorded name is computed here.
let recordedOperations: [String: RecordedOperation] = elementwise.merging(reducing) { a, _ in a }
  .merging(moving) { a, _ in a }.merging(layered) { a, _ in a }
  .merging(recordedLater) { a, _ in a }

private let elementwise: [String: RecordedOperation] = [
  "add": { (x, _) throws(TensorError) in try x[0] + x[1] },
  "subtract": { (x, _) throws(TensorError) in try x[0] - x[1] },
  "multiply": { (x, _) throws(TensorError) in try x[0] * x[1] },
  "divide": { (x, _) throws(TensorError) in try x[0] / x[1] },
  "floor_divide": { (x, _) throws(TensorError) in try floorDivide(x[0], x[1]) },
  "remainder": { (x, _) throws(TensorError) in try remainder(x[0], x[1]) },
  "maximum": { (x, _) throws(TensorError) in try maximum(x[0], x[1]) },
  "minimum": { (x, _) throws(TensorError) in try minimum(x[0], x[1]) },
  "less": { (x, _) throws(TensorError) in try x[0] < x[1] },
  "greater_equal": { (x, _) throws(TensorError) in try x[0] >= x[1] },
  "equal": { (x, _) throws(TensorError) in try x[0] .== x[1] },
  "exp": { (x, _) throws(TensorError) in try exp(x[0]) },
  "log": { (x, _) throws(TensorError) in try log(x[0]) },
  "sqrt": { (x, _) throws(TensorError) in try sqrt(x[0]) },
  "abs": { (x, _) throws(TensorError) in try abs(x[0]) },
  "sign": { (x, _) throws(TensorError) in try sign(x[0]) },
  "sin": { (x, _) throws(TensorError) in try sin(x[0]) },
  "cos": { (x, _) throws(TensorError) in try cos(x[0]) },
  "round": { (x, _) throws(TensorError) in try round(x[0]) },
  "floor": { (x, _) throws(TensorError) in try floor(x[0]) },
  "negate": { (x, _) throws(TensorError) in try -x[0] },
  "tanh": { (x, _) throws(TensorError) in try tanh(x[0]) },
  "sigmoid": { (x, _) throws(TensorError) in try sigmoid(x[0]) },
  "relu": { (x, _) throws(TensorError) in try relu(x[0]) },
  "leaky_relu": { (x, c) throws(TensorError) in try leakyReLU(x[0], slope: c.numbers[0]) },
  "softplus": { (x, _) throws(TensorError) in try softplus(x[0]) },
  "clip": { (x, c) throws(TensorError) in try clamp(x[0], from: c.numbers[0], to: c.numbers[1]) },
  "pow": { (x, c) throws(TensorError) in try pow(x[0], c.numbers[0]) },
  "pow_tensor": { (x, _) throws(TensorError) in try pow(x[0], x[1]) },
  "where": { (x, _) throws(TensorError) in try select(where: x[0], x[1], otherwise: x[2]) },
  "matmul": { (x, _) throws(TensorError) in try matmul(x[0], x[1]) },
  "linear": { (x, _) throws(TensorError) in try linear(x[0], weight: x[1], bias: x[2]) },
]

private let reducing: [String: RecordedOperation] = [
  "sum": { (x, c) throws(TensorError) in try sum(x[0], alongAxis: c.axis) },
  "mean": { (x, c) throws(TensorError) in try mean(x[0], alongAxis: c.axis) },
  "prod": { (x, c) throws(TensorError) in try product(x[0], alongAxis: c.axis) },
  "max": { (x, c) throws(TensorError) in try max(x[0], alongAxis: c.axis) },
  "min": { (x, c) throws(TensorError) in try min(x[0], alongAxis: c.axis) },
  "var": { (x, c) throws(TensorError) in try variance(x[0], alongAxis: c.axis) },
  "std": { (x, c) throws(TensorError) in try standardDeviation(x[0], alongAxis: c.axis) },
  "norm": { (x, c) throws(TensorError) in try norm(x[0], alongAxis: c.axis) },
  "argmax": { (x, c) throws(TensorError) in try argmax(x[0], alongAxis: c.axis) },
  "argmin": { (x, c) throws(TensorError) in try argmin(x[0], alongAxis: c.axis) },
  "any": { (x, c) throws(TensorError) in try any(x[0], alongAxis: c.axis) },
  "all": { (x, c) throws(TensorError) in try all(x[0], alongAxis: c.axis) },
  "cumsum": { (x, c) throws(TensorError) in try cumulativeSum(x[0], alongAxis: c.int(0)) },
  "sort": { (x, c) throws(TensorError) in try sort(x[0], alongAxis: c.int(0)).values },
  "argsort": { (x, c) throws(TensorError) in try sort(x[0], alongAxis: c.int(0)).indices },
  "topk": { (x, c) throws(TensorError) in try topK(x[0], count: c.int(0), alongAxis: c.int(1)).values },
  "quantile": { (x, c) throws(TensorError) in try quantile(x[0], c.numbers[0]) },
  "softmax": { (x, c) throws(TensorError) in try softmax(x[0], alongAxis: c.int(0)) },
  "log_softmax": { (x, c) throws(TensorError) in try logSoftmax(x[0], alongAxis: c.int(0)) },
]

private let moving: [String: RecordedOperation] = [
  "transpose": { (x, c) throws(TensorError) in try x[0].transposed(c.int(0), c.int(1)) },
  "permute": { (x, c) throws(TensorError) in try x[0].permuted(c.numbers.map { Int($0) }) },
  "cat": { (x, c) throws(TensorError) in try concatenate(x, alongAxis: c.int(0)) },
  "stack": { (x, c) throws(TensorError) in try stack(x, alongAxis: c.int(0)) },
  "take": { (x, _) throws(TensorError) in try take(x[0], indices: x[1]) },
  "gather": { (x, c) throws(TensorError) in try gather(x[0], indices: x[1], alongAxis: c.int(0)) },
  "slice": { (x, _) throws(TensorError) in
    try x[0].sliced([.range(from: 1, to: 5, step: 2), .ellipsis, .index(-1)])
  },
  "one_hot": { (x, c) throws(TensorError) in try oneHot(x[0], classes: c.int(0)) },
]

private let layered: [String: RecordedOperation] = [
  "conv2d": { (x, c) throws(TensorError) in
    try convolution2d(x[0], weight: x[1], bias: x[2], stride: c.int(0), padding: c.int(1))
  },
  "conv_transpose2d": { (x, c) throws(TensorError) in
    try transposedConvolution2d(
      x[0], weight: x[1], bias: x[2], stride: c.int(0), padding: c.int(1), outputPadding: c.int(2))
  },
  "max_pool2d": { (x, c) throws(TensorError) in
    try maxPool2d(x[0], size: c.int(0), stride: c.numbers.count > 1 ? c.int(1) : nil)
  },
  "avg_pool2d": { (x, c) throws(TensorError) in try averagePool2d(x[0], size: c.int(0), stride: c.int(1)) },
  "upsample": { (x, c) throws(TensorError) in try upsampleNearest2d(x[0], factor: c.int(0)) },
  "batch_norm": { (x, _) throws(TensorError) in try batchNorm(x[0], scale: x[1], shift: x[2]).output },
  "batch_norm_fixed": { (x, _) throws(TensorError) in
    try batchNorm(x[0], mean: x[1].detached(), variance: x[2].detached(), scale: x[3], shift: x[4])
  },
  "layer_norm": { (x, c) throws(TensorError) in try layerNorm(x[0], axes: c.int(0), scale: x[1], shift: x[2]) },
  "mse": { (x, c) throws(TensorError) in try meanSquaredError(x[0], x[1], reduction: c.reduction) },
  "l1": { (x, c) throws(TensorError) in try meanAbsoluteError(x[0], x[1], reduction: c.reduction) },
  "bce": { (x, c) throws(TensorError) in try binaryCrossEntropy(x[0], x[1].detached(), reduction: c.reduction) },
  "bce_logits": { (x, c) throws(TensorError) in
    try binaryCrossEntropyFromLogits(x[0], x[1].detached(), reduction: c.reduction)
  },
  "cross_entropy": { (x, c) throws(TensorError) in try crossEntropy(x[0], x[1], reduction: c.reduction) },
  "kl_normal": { (x, c) throws(TensorError) in
    try normalDivergence(mean: x[0], logVariance: x[1], reduction: c.reduction)
  },
]

extension RecordedCase {
  /// How the loss becomes one number.
  var reduction: LossReduction { LossReduction.allCases[int(0)] }
}
