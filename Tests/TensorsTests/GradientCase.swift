// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

/// One row of the table of gradient rules: an operation, the shapes it is tried on, and how.
struct GradientCase: CustomTestStringConvertible, Sendable {
  let name: String
  let shapes: [Shape]
  /// Where the inputs lie: all reals, or above a bound for functions such as the logarithm.
  let above: Double?
  let hasSecondDerivative: Bool
  /// Chosen so that no hidden unit lies near its kink, where finite differences mean nothing.
  let seed: UInt64
  let function: @Sendable ([Tensor]) throws(TensorError) -> Tensor

  init(
    _ name: String, _ shapes: Shape..., above: Double? = nil, second: Bool = true, seed: UInt64 = 1,
    _ function: @escaping @Sendable ([Tensor]) throws(TensorError) -> Tensor
  ) {
    self.name = name
    self.shapes = shapes
    self.above = above
    self.hasSecondDerivative = second
    self.seed = seed
    self.function = function
  }

  var testDescription: String { "\(name) \(shapes)" }

  /// Inputs that no two rows share, away from kinks.
  func inputs() throws(TensorError) -> [Tensor] {
    let random = RandomStream(seed: seed, stream: UInt64(name.utf8.count))
    var tensors: [Tensor] = []
    for shape in shapes {
      let x = try random.normal(shape)
      if let above {
        tensors.append(try abs(x) + above)
      } else {
        tensors.append(try awayFromZero(x))
      }
    }
    return tensors
  }

  private func awayFromZero(_ x: Tensor) throws(TensorError) -> Tensor {
    try x.mapped { Swift.abs($0) < 0.1 ? $0 + ($0 < 0 ? -0.1 : 0.1) : $0 }
  }

  /// The sum of the results times fixed numbers, so that no symmetry hides a mistake.
  func loss(_ inputs: [Tensor]) throws(TensorError) -> Tensor {
    try weighted(function(inputs), seed: 7)
  }

  /// The gradient with respect to one input, summed up in the same way.
  func slope(_ inputs: [Tensor], _ index: Int) throws(TensorError) -> Tensor {
    var inputs = inputs
    if !inputs[index].requiresGradient { inputs[index] = try inputs[index].requiringGradient() }
    let first = try withRecording(true) { () throws(TensorError) in
      try gradient(of: loss(inputs), withRespectTo: [inputs[index]], createGraph: true)[0]
    }
    return try weighted(first, seed: 8)
  }

  private func weighted(_ x: Tensor, seed: UInt64) throws(TensorError) -> Tensor {
    try sum(x * RandomStream(seed: seed).normal(x.shape))
  }
}

/// Fails where two tensors differ by more than a tolerance, relative to the larger of 1 and the size of the values.
func expectClose(
  _ a: Tensor, _ b: Tensor, tolerance: Float = 1e-5, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(a.shape == b.shape, "\(comment)", sourceLocation: sourceLocation)
  let (x, y) = (a.scalars(), b.scalars())
  guard x.count == y.count else { return }
  var worst = (index: 0, error: Float(0))
  for i in x.indices {
    let error = x[i] == y[i] || (x[i].isNaN && y[i].isNaN) ? 0 : Swift.abs(x[i] - y[i]) / Swift.max(1, Swift.abs(y[i]))
    if !(error <= worst.error) { worst = (i, error) }
  }
  guard !(worst.error <= tolerance) else { return }
  Issue.record(
    "\(comment) element \(worst.index): \(x[worst.index]), expected \(y[worst.index])", sourceLocation: sourceLocation)
}
