// SPDX-License-Identifier: Apache-2.0

/// e to each element over the sum of these along an axis: positive numbers that sum to one.
public func softmax(_ x: Tensor, alongAxis axis: Int = -1) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let axis = try x.shape.axis(axis, "softmax")
  let y = try withoutRecording { () throws(TensorError) in try exp(logSoftmax(x.detached(), alongAxis: axis)) }
  return y.recorded("softmax", x) { (node, g) throws(TensorError) in
    let y = node.output(y)
    let weighted = try g * y
    return [try weighted - y * sum(weighted, alongAxis: axis, keepingDimensions: true)]
  }
}

/// The logarithm of `softmax`, computed without overflow.
public func logSoftmax(_ x: Tensor, alongAxis axis: Int = -1) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let axis = try x.shape.axis(axis, "log_softmax")
  let y = try withoutRecording { () throws(TensorError) in
    let shifted = try x.detached() - max(x.detached(), alongAxis: axis, keepingDimensions: true)
    return try shifted - log(sum(exp(shifted), alongAxis: axis, keepingDimensions: true))
  }
  return y.recorded("log_softmax", x) { (node, g) throws(TensorError) in
    [try g - exp(node.output(y)) * sum(g, alongAxis: axis, keepingDimensions: true)]
  }
}
