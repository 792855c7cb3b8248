// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The negative log-probability that softmax of `logits` [batch, classes] gives each label [batch].
///
/// Labels are whole numbers, or a probability for each class in the logits' shape. Throws when the shapes do not fit or
/// a label is out of range.
public func crossEntropy(
  _ logits: Tensor, _ labels: Tensor, reduction: LossReduction = .mean
) throws(TensorError) -> Tensor {
  let logits = try logits.floats()
  guard logits.rank == 2 else {
    throw .unsuitable(operation: "cross_entropy", shape: logits.shape, needs: "logits [batch, classes]")
  }
  if labels.dtype == .float32 {
    guard labels.shape == logits.shape else {
      throw .mismatch(operation: "cross_entropy", left: logits.shape, right: labels.shape)
    }
    return try reduction.applied(to: -sum(logSoftmax(logits, alongAxis: 1) * labels, alongAxis: 1))
  }
  guard labels.shape == [logits.shape[0]] else {
    throw .mismatch(operation: "cross_entropy", left: logits.shape, right: labels.shape)
  }
  let labels = try labels.converted(to: .int64)
  for label in labels.integers() where label < 0 || label >= logits.shape[1] {
    throw .indexOutOfRange(operation: "cross_entropy", index: Int(label), size: logits.shape[1])
  }
  return try reduction == .none || labels.count == 0
    ? crossEntropies(logits, labels, reduction) : fusedCrossEntropy(logits, labels, reduction)
}

private func crossEntropies(
  _ logits: Tensor, _ labels: Tensor, _ reduction: LossReduction
) throws(TensorError) -> Tensor {
  let places = try labels.unsqueezed(axis: 1)
  let picked = try gather(logSoftmax(logits, alongAxis: 1), indices: places, alongAxis: 1)
  return try reduction.applied(to: -picked.squeezed(axis: 1))
}

/// The sum and, where a gradient will be asked for, the gradient, in one pass.
private func fusedCrossEntropy(
  _ logits: Tensor, _ labels: Tensor, _ reduction: LossReduction
) throws(TensorError) -> Tensor {
  let (rows, classes) = (logits.shape[0], logits.shape[1])
  let scale = reduction.scale(rows)
  let input = logits.detached()
  let slopes = logits.requiresGradient && GradientRecording.isOn ? try Tensor.uninitialized(logits.shape) : nil
  let gradient = slopes?.storage.floats
  let losses = try input.withFloats { (x) throws(TensorError) in
    try labels.withIntegers { (label) throws(TensorError) in
      try Tensor.making([rows]) { (out) throws(TensorError) in
        try inRanges(rows, cost: Double(classes) * 0.8 + 5) { range in
          kernels.losses.crossEntropyRows(
            x, label, classes, out, gradient, Float(scale), range.lowerBound, range.upperBound)
        }
      }
    }
  }
  return try (sum(losses) * scale).recorded("cross_entropy", logits) { (node, g) throws(TensorError) in
    if let slopes, !GradientRecording.isOn { return [try slopes.scaled(by: g)] }
    let difference = try softmax(node.input(0, input)) - oneHot(labels, classes: classes)
    return [try difference * (g * scale)]
  }
}
