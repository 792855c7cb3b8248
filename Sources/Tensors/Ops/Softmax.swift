// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// e to each element over the sum of these along an axis: positive numbers that sum to one.
public func softmax(_ x: Tensor, alongAxis axis: Int = -1) throws(TensorError) -> Tensor {
  try alongLastAxis("softmax", x, axis) { (x) throws(TensorError) in
    let y = try softmaxRows(x.detached(), isLogarithmic: false)
    return y.recorded("softmax", x) { (node, g) throws(TensorError) in
      if !GradientRecording.isOn { return [try softmaxRowsBackward(y, g, isLogarithmic: false)] }
      let y = node.output(y)
      let weighted = try g * y
      return [try weighted - y * sum(weighted, alongAxis: -1, keepingDimensions: true)]
    }
  }
}

/// The logarithm of `softmax`, computed without overflow.
public func logSoftmax(_ x: Tensor, alongAxis axis: Int = -1) throws(TensorError) -> Tensor {
  try alongLastAxis("log_softmax", x, axis) { (x) throws(TensorError) in
    let y = try softmaxRows(x.detached(), isLogarithmic: true)
    return y.recorded("log_softmax", x) { (node, g) throws(TensorError) in
      if !GradientRecording.isOn { return [try softmaxRowsBackward(y, g, isLogarithmic: true)] }
      return [try g - exp(node.output(y)) * sum(g, alongAxis: -1, keepingDimensions: true)]
    }
  }
}

/// Runs `body` on a tensor whose last axis is the one asked for.
private func alongLastAxis(
  _ operation: String, _ x: Tensor, _ axis: Int, _ body: (Tensor) throws(TensorError) -> Tensor
) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let axis = try x.shape.axis(axis, operation)
  if axis == x.rank - 1 { return try body(x) }
  return try body(x.transposed(axis, -1)).transposed(axis, -1)
}

private func softmaxRows(_ x: Tensor, isLogarithmic: Bool) throws(TensorError) -> Tensor {
  let columns = x.shape.last
  return try x.withFloats { (from) throws(TensorError) in
    try .making(x.shape) { (out) throws(TensorError) in
      try inRanges(x.count / Swift.max(columns, 1), cost: Double(columns) * 0.8 + 5) { range in
        kernels.reductions.softmaxRows(from, columns, isLogarithmic, out, range.lowerBound, range.upperBound)
      }
    }
  }
}

private func softmaxRowsBackward(_ y: Tensor, _ g: Tensor, isLogarithmic: Bool) throws(TensorError) -> Tensor {
  let columns = y.shape.last
  return try y.withFloats { (value) throws(TensorError) in
    try g.withFloats { (gradient) throws(TensorError) in
      try .making(y.shape) { (out) throws(TensorError) in
        try inRanges(y.count / Swift.max(columns, 1), cost: Double(columns) * 0.5 + 5) { range in
          kernels.reductions.softmaxRowsBackward(
            value, gradient, columns, isLogarithmic, out, range.lowerBound, range.upperBound)
        }
      }
    }
  }
}
