// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Each row of the last axes brought to mean 0 and variance 1, then scaled and shifted element by element.
///
/// `scale` and `shift` have the shape of the last `axes` axes. Throws when the shapes do not fit. Ba, Kiros and Hinton
/// 2016, arXiv:1607.06450.
public func layerNorm(
  _ x: Tensor, axes: Int = 1, scale: Tensor?, shift: Tensor?, epsilon: Double = 1e-5
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  guard axes > 0, axes <= x.rank else {
    throw .axisOutOfRange(operation: "layer_norm", axis: axes, rank: x.rank)
  }
  let inner = Shape(Array(x.shape.dimensions.suffix(axes)))
  for other in [scale, shift] {
    if let other, other.shape != inner {
      throw .mismatch(operation: "layer_norm", left: x.shape, right: other.shape)
    }
  }
  guard inner.count > 0 else { throw .empty(operation: "layer_norm", shape: x.shape) }
  let rows = try x.reshaped(to: [x.count / inner.count, inner.count])
  var y = try normalizedRows(rows, epsilon).reshaped(to: x.shape)
  if let scale { y = try y * scale }
  if let shift { y = try y + shift }
  return y
}

/// Each row of a matrix less its mean, over its standard deviation.
private func normalizedRows(_ x: Tensor, _ epsilon: Double) throws(TensorError) -> Tensor {
  let input = x.detached()
  let (mean, inverse) = try rowMoments(input, epsilon)
  let y = try (input - mean) * inverse
  return y.recorded("layer_norm", x) { (node, g) throws(TensorError) in
    var inverse = inverse
    if GradientRecording.isOn {
      let x = node.input(0, input)
      let centred = try x - Tensors.mean(x, alongAxis: 1, keepingDimensions: true)
      let spread = try Tensors.mean(centred * centred, alongAxis: 1, keepingDimensions: true)
      inverse = try pow(spread + epsilon, -0.5)
    }
    let y = node.output(y)
    let share = try Tensors.mean(g, alongAxis: 1, keepingDimensions: true)
    let weighted = try Tensors.mean(g * y, alongAxis: 1, keepingDimensions: true)
    return [try (g - share - y * weighted) * inverse]
  }
}

/// The mean of each row and one over its standard deviation, both [rows, 1], without a graph.
private func rowMoments(_ x: Tensor, _ epsilon: Double) throws(TensorError) -> (mean: Tensor, inverse: Tensor) {
  let (rows, columns) = (x.shape[0], x.shape[1])
  let mean = try Tensor.uninitialized([rows, 1])
  let variance = try Tensor.uninitialized([rows, 1])
  let (m, v) = (mean.storage.floats, variance.storage.floats)
  try x.withFloats { (from) throws(TensorError) in
    try inRanges(rows, cost: Double(columns) * 0.2 + 5) { range in
      kernels.reductions.momentsOfRows(from, columns, columns, m, v, range.lowerBound, range.upperBound)
    }
  }
  return (mean, try (variance + epsilon).mapped(.reciprocalSquareRoot))
}
