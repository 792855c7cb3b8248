// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

private let elementwise: [GradientCase] = [
  GradientCase("add", [3, 5], [3, 5]) { (x) throws(TensorError) in try x[0] + x[1] },
  GradientCase("add", [3, 1, 5], [4, 1]) { (x) throws(TensorError) in try x[0] + x[1] },
  GradientCase("subtract", [1], [2, 3]) { (x) throws(TensorError) in try x[0] - x[1] },
  GradientCase("multiply", [7], [7]) { (x) throws(TensorError) in try x[0] * x[1] },
  GradientCase("multiply", [2, 3, 1], [3, 4]) { (x) throws(TensorError) in try x[0] * x[1] },
  GradientCase("multiply", [], [2, 3]) { (x) throws(TensorError) in try x[0] * x[1] },
  GradientCase("divide", [3, 5], [5], above: 0.5) { (x) throws(TensorError) in try x[0] / x[1] },
  GradientCase("negate", [3]) { (x) throws(TensorError) in try -x[0] },
  GradientCase("with a number", [3]) { (x) throws(TensorError) in try 2 / (3 - x[0] * 0.1) * 4 - 1 },
  GradientCase("maximum", [3, 5], [5]) { (x) throws(TensorError) in try maximum(x[0], x[1]) * x[0] },
  GradientCase("minimum", [3, 5], [5]) { (x) throws(TensorError) in try minimum(x[0], x[1]) * x[0] },
  GradientCase("exp", [17]) { (x) throws(TensorError) in try exp(x[0]) },
  GradientCase("log", [17], above: 0.5) { (x) throws(TensorError) in try log(x[0]) },
  GradientCase("sqrt", [17], above: 0.5) { (x) throws(TensorError) in try sqrt(x[0]) },
  GradientCase("abs", [17]) { (x) throws(TensorError) in try abs(x[0]) * x[0] },
  GradientCase("sin", [17]) { (x) throws(TensorError) in try sin(x[0]) },
  GradientCase("cos", [17]) { (x) throws(TensorError) in try cos(x[0]) },
  GradientCase("clip", [17]) { (x) throws(TensorError) in try clamp(x[0], from: -0.57, to: 0.83) * x[0] },
  GradientCase("sign", [17]) { (x) throws(TensorError) in try sign(x[0]) * x[0] },
  GradientCase("pow", [9]) { (x) throws(TensorError) in try pow(x[0], 2) },
  GradientCase("pow", [9], above: 0.5) { (x) throws(TensorError) in try pow(x[0], 2.5) },
  GradientCase("pow", [9], above: 0.5) { (x) throws(TensorError) in try pow(x[0], -1) },
  GradientCase("pow of tensors", [3, 4], [4], above: 0.5) { (x) throws(TensorError) in try pow(x[0], x[1]) },
  GradientCase("tanh", [17]) { (x) throws(TensorError) in try tanh(x[0]) },
  GradientCase("sigmoid", [17]) { (x) throws(TensorError) in try sigmoid(x[0]) },
  GradientCase("relu", [17]) { (x) throws(TensorError) in try relu(x[0]) * x[0] },
  GradientCase("leaky_relu", [17]) { (x) throws(TensorError) in try leakyReLU(x[0]) * x[0] },
  GradientCase("leaky_relu, slope -1", [17]) { (x) throws(TensorError) in try leakyReLU(x[0], slope: -1) * x[0] },
  GradientCase("softplus", [17]) { (x) throws(TensorError) in try softplus(x[0]) },
  GradientCase("softmax", [3, 5]) { (x) throws(TensorError) in try softmax(x[0]) },
  GradientCase("softmax", [3, 5, 2]) { (x) throws(TensorError) in try softmax(x[0], alongAxis: 1) },
  GradientCase("log_softmax", [3, 5]) { (x) throws(TensorError) in try logSoftmax(x[0]) },
  GradientCase("where", [3, 5], [5]) { (x) throws(TensorError) in
    try select(where: x[0] > x[1], x[0] * x[0], otherwise: x[1])
  },
]

private let products: [GradientCase] = [
  GradientCase("matmul", [3, 5], [5, 7]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("matmul", [1, 1], [1, 1]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("matmul", [17], [17, 3]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("matmul", [3, 17], [17]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("matmul", [2, 3, 4], [4, 5]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("matmul", [2, 1, 3, 4], [3, 4, 2]) { (x) throws(TensorError) in try matmul(x[0], x[1]) },
  GradientCase("product, left transposed", [4, 3], [4, 5]) { (x) throws(TensorError) in
    try matrixProduct(x[0], x[1], transposingLeft: true)
  },
  GradientCase("product, both transposed", [4, 3], [5, 4]) { (x) throws(TensorError) in
    try matrixProduct(x[0], x[1], transposingLeft: true, transposingRight: true)
  },
  GradientCase("dot", [5], [5]) { (x) throws(TensorError) in try dot(x[0], x[1]) },
  GradientCase("linear", [3, 5], [7, 5], [7]) { (x) throws(TensorError) in try linear(x[0], weight: x[1], bias: x[2]) },
  GradientCase("linear", [2, 3, 5], [1, 5]) { (x) throws(TensorError) in try linear(x[0], weight: x[1]) },
  GradientCase("linear+tanh", [3, 5], [7, 5], [7]) { (x) throws(TensorError) in
    try linear(x[0], weight: x[1], bias: x[2], activation: .tanh)
  },
  GradientCase("linear+sigmoid", [3, 5], [7, 5], [7]) { (x) throws(TensorError) in
    try linear(x[0], weight: x[1], bias: x[2], activation: .sigmoid)
  },
  GradientCase("two layers, leaky", [3, 5], [7, 5], [7], [2, 7], seed: 3) { (x) throws(TensorError) in
    let hidden = try linear(x[0], weight: x[1], bias: x[2], activation: .leakyReLU(slope: 0.2))
    return try linear(hidden, weight: x[3], activation: .sigmoid)
  },
]

private let reductions: [GradientCase] = [
  GradientCase("sum", [3, 5]) { (x) throws(TensorError) in try sum(x[0] * x[0]) },
  GradientCase("sum", [2, 3, 5]) { (x) throws(TensorError) in try sum(x[0], alongAxis: 1) },
  GradientCase("sum", [2, 3, 5]) { (x) throws(TensorError) in
    try sum(x[0], alongAxis: -1, keepingDimensions: true)
  },
  GradientCase("sum over axes", [2, 3, 5]) { (x) throws(TensorError) in try sum(x[0], alongAxes: [0, 2]) },
  GradientCase("mean", [2, 3, 5]) { (x) throws(TensorError) in try mean(x[0], alongAxis: 0) },
  GradientCase("variance", [3, 5]) { (x) throws(TensorError) in try variance(x[0], alongAxis: 1) },
  GradientCase("standard deviation", [3, 5]) { (x) throws(TensorError) in try standardDeviation(x[0]) },
  GradientCase("norm", [3, 5]) { (x) throws(TensorError) in try norm(x[0], alongAxis: 1) },
  GradientCase("max", [3, 5]) { (x) throws(TensorError) in try max(x[0], alongAxis: 0) },
  GradientCase("min", [3, 5]) { (x) throws(TensorError) in try min(x[0]) },
  GradientCase("product", [3, 5]) { (x) throws(TensorError) in try product(x[0], alongAxis: 1) },
  GradientCase("cumsum", [3, 5, 2]) { (x) throws(TensorError) in try cumulativeSum(x[0] * x[0], alongAxis: 1) },
  GradientCase("sort", [3, 5]) { (x) throws(TensorError) in try sort(x[0]).values * x[0] },
  GradientCase("topk", [3, 5]) { (x) throws(TensorError) in try topK(x[0], count: 2).values },
  GradientCase("quantile", [17]) { (x) throws(TensorError) in try quantile(x[0], 0.3) },
]

private let shaping: [GradientCase] = [
  GradientCase("reshape", [3, 4]) { (x) throws(TensorError) in try x[0].reshaped(to: [2, -1]) },
  GradientCase("flatten", [2, 3, 4]) { (x) throws(TensorError) in try x[0].flattened(from: 1) },
  GradientCase("squeeze", [2, 1, 4]) { (x) throws(TensorError) in try x[0].squeezed(axis: 1).unsqueezed(axis: -1) },
  GradientCase("transpose", [2, 3, 4]) { (x) throws(TensorError) in try x[0].transposed(0, 2) },
  GradientCase("permute", [2, 3, 4, 5]) { (x) throws(TensorError) in try x[0].permuted([2, 0, 3, 1]) },
  GradientCase("broadcast", [3, 1]) { (x) throws(TensorError) in try x[0].broadcast(to: [2, 3, 4]) },
  GradientCase("slice", [5, 4, 3]) { (x) throws(TensorError) in
    try x[0].sliced([.range(from: -4, to: nil, step: 2), .index(-1), .newAxis])
  },
  GradientCase("slice backwards", [5, 4]) { (x) throws(TensorError) in
    try x[0].sliced([.ellipsis, .range(from: nil, to: nil, step: -1)])
  },
  GradientCase("replace", [5, 4], [2, 1]) { (x) throws(TensorError) in
    try x[0].replacing([.range(from: 0, to: 4, step: 2)], with: x[1]) * x[0]
  },
  GradientCase("cat", [2, 3], [2, 1], [2, 2]) { (x) throws(TensorError) in try concatenate(x, alongAxis: 1) },
  GradientCase("stack", [2, 3], [2, 3]) { (x) throws(TensorError) in try stack(x, alongAxis: 1) },
  GradientCase("split", [5, 3]) { (x) throws(TensorError) in try split(x[0], size: 2)[2] },
  GradientCase("gather", [3, 4]) { (x) throws(TensorError) in
    try gather(x[0], indices: Tensor([0, 0, 3, 1, -1, 2] as [Int64], shape: [3, 2]), alongAxis: 1)
  },
  GradientCase("take", [3, 4]) { (x) throws(TensorError) in
    try take(x[0] * x[0], indices: Tensor([0, 2, 2, 1, -1, 0] as [Int64], shape: [3, 2]))
  },
  GradientCase("embedding", [5, 3]) { (x) throws(TensorError) in
    try embedding(Tensor([4, 0, 4] as [Int64], shape: [3]), table: x[0])
  },
  GradientCase("mask", [3, 4]) { (x) throws(TensorError) in try masked(x[0], where: x[0] > Tensor(0.0)) },
]

private let losses: [GradientCase] = [
  GradientCase("mse", [3, 4], [3, 4]) { (x) throws(TensorError) in try meanSquaredError(x[0], x[1]) },
  GradientCase("l1", [3, 4], [3, 4]) { (x) throws(TensorError) in try meanAbsoluteError(x[0], x[1]) },
  GradientCase("bce", [3, 4], [3, 4]) { (x) throws(TensorError) in
    try binaryCrossEntropy(sigmoid(x[0]), sigmoid(x[1]))
  },
  GradientCase("bce_logits", [3, 4], [3, 4]) { (x) throws(TensorError) in
    try binaryCrossEntropyFromLogits(x[0], sigmoid(x[1]))
  },
  GradientCase("cross_entropy", [3, 4]) { (x) throws(TensorError) in
    try crossEntropy(x[0], Tensor([3, 0, 0] as [Int64], shape: [3]))
  },
  GradientCase("cross_entropy of shares", [3, 4], [3, 4]) { (x) throws(TensorError) in
    try crossEntropy(x[0], softmax(x[1]), reduction: .sum)
  },
  GradientCase("kl_normal", [3, 4], [3, 4]) { (x) throws(TensorError) in
    try normalDivergence(mean: x[0], logVariance: x[1])
  },
]

private let layers: [GradientCase] = [
  GradientCase("conv2d", [2, 3, 5, 4], [2, 3, 3, 3], [2]) { (x) throws(TensorError) in
    try convolution2d(x[0], weight: x[1], bias: x[2], stride: 1, padding: 1)
  },
  GradientCase("conv2d, stride 2", [2, 1, 6, 7], [3, 1, 4, 4], seed: 3) { (x) throws(TensorError) in
    try convolution2d(x[0], weight: x[1], stride: 2, padding: 1, activation: .leakyReLU(slope: 0.2))
  },
  GradientCase("conv_transpose2d", [2, 3, 2, 3], [3, 2, 4, 4], [2]) { (x) throws(TensorError) in
    try transposedConvolution2d(x[0], weight: x[1], bias: x[2], stride: 2, padding: 1, activation: .tanh)
  },
  GradientCase("conv_transpose2d, output padding", [1, 2, 3, 3], [2, 1, 3, 3]) { (x) throws(TensorError) in
    try transposedConvolution2d(x[0], weight: x[1], stride: 2, padding: 1, outputPadding: 1)
  },
  GradientCase("max_pool2d", [2, 2, 5, 4], seed: 2) { (x) throws(TensorError) in try maxPool2d(x[0] * x[0], size: 2) },
  GradientCase("avg_pool2d", [2, 2, 5, 4]) { (x) throws(TensorError) in try averagePool2d(x[0], size: 3, stride: 1) },
  GradientCase("upsample", [2, 2, 3, 2]) { (x) throws(TensorError) in try upsampleNearest2d(x[0] * x[0], factor: 2) },
  GradientCase("batch_norm", [5, 3], [3], [3]) { (x) throws(TensorError) in
    try batchNorm(x[0], scale: x[1], shift: x[2]).output
  },
  GradientCase("batch_norm", [2, 3, 2, 3], [3], [3]) { (x) throws(TensorError) in
    try batchNorm(x[0], scale: x[1], shift: x[2]).output
  },
  GradientCase("batch_norm, fixed", [4, 3], [3], [3]) { (x) throws(TensorError) in
    try batchNorm(
      x[0], mean: Tensor([0.1, 0.2, 0.3], shape: [3]), variance: Tensor([1, 2, 3], shape: [3]), scale: x[1],
      shift: x[2])
  },
  GradientCase("layer_norm", [3, 5], [5], [5]) { (x) throws(TensorError) in
    try layerNorm(x[0], scale: x[1], shift: x[2])
  },
  GradientCase("layer_norm over two axes", [2, 3, 4], [3, 4], [3, 4]) { (x) throws(TensorError) in
    try layerNorm(x[0], axes: 2, scale: x[1], shift: x[2])
  },
  GradientCase("dropout", [3, 5]) { (x) throws(TensorError) in
    try dropout(x[0] * x[0], probability: 0.4, random: RandomStream(seed: 3))
  },
  // The singular vectors count as constants, which is exact for the first derivative only.
  GradientCase("spectral_norm", [3, 5], second: false) { (x) throws(TensorError) in
    // Converged, the estimate no longer depends on how far the iteration went.
    var left = try Tensor([1, 0, 0], shape: [3])
    _ = try spectrallyNormalized(x[0], left: &left, iterations: 200)
    return try spectrallyNormalized(x[0], left: &left, iterations: 0)
  },
]

let gradientTable = elementwise + products + reductions + shaping + losses + layers

@Suite struct GradientTableTests {
  @Test(arguments: gradientTable) func ruleAgreesWithFiniteDifferences(_ row: GradientCase) throws {
    for index in row.shapes.indices {
      var inputs = try row.inputs()
      inputs[index] = try inputs[index].requiringGradient()
      let automatic = try gradient(of: row.loss(inputs), withRespectTo: [inputs[index]])[0]
      let numeric = try numericalGradient(
        of: { (x) throws(TensorError) in
          var moved = inputs
          moved[index] = x
          return try row.loss(moved)
        }, at: inputs[index])
      expectClose(automatic, numeric, tolerance: 5e-3, "\(row.name), input \(index)")
    }
  }

  @Test(arguments: gradientTable.filter(\.hasSecondDerivative))
  func secondDerivativeAgreesWithFiniteDifferences(_ row: GradientCase) throws {
    for index in row.shapes.indices {
      var inputs = try row.inputs()
      inputs[index] = try inputs[index].requiringGradient()
      let numeric = try numericalGradient(
        of: { (x) throws(TensorError) in
          var moved = inputs
          moved[index] = x
          return try row.slope(moved, index)
        }, at: inputs[index])
      let slope = try row.slope(inputs, index)
      let automatic =
        slope.requiresGradient
        ? try? gradient(of: slope, withRespectTo: [inputs[index]])[0] : nil
      expectClose(
        try automatic ?? .zeros(inputs[index].shape), numeric, tolerance: 1e-2, "\(row.name), input \(index)")
    }
  }
}
