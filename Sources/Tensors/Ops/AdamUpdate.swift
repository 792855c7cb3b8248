// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc

/// The settings of one Adam update.
public struct AdamSettings: Sendable, Hashable {
  /// How far to go.
  public var learningRate: Double
  /// How slowly the running means of the gradient and of its square move.
  public var betas: (first: Double, second: Double) {
    get { (beta1, beta2) }
    set { (beta1, beta2) = newValue }
  }
  private var beta1: Double
  private var beta2: Double
  /// Added to the root of the second moment.
  public var epsilon: Double
  /// How much of the parameter is added to its gradient (`Adam`) or taken off it directly (`AdamW`).
  public var weightDecay: Double
  /// Whether weight decay is taken off the parameter directly, as AdamW does.
  public var isDecoupled: Bool

  /// PyTorch's settings unless said otherwise.
  public init(
    learningRate: Double = 1e-3, betas: (first: Double, second: Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0, isDecoupled: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = betas.first
    self.beta2 = betas.second
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
  }
}

/// One Adam update of a parameter and of its two moments; `step` counts from 1.
///
/// The parameter stays the leaf it is and graphs recorded before keep its old value. Throws when a shape differs.
/// Kingma and Ba 2014, arXiv:1412.6980, algorithm 1; Loshchilov and Hutter 2017, arXiv:1711.05101.
public func adamUpdate(
  _ parameter: inout Tensor, gradient: Tensor, firstMoment: inout Tensor, secondMoment: inout Tensor, step: Int,
  _ settings: AdamSettings
) throws(TensorError) {
  for other in [gradient, firstMoment, secondMoment] where other.shape != parameter.shape {
    throw .mismatch(operation: "adam", left: parameter.shape, right: other.shape)
  }
  let count = parameter.count
  var plan = AdamStep(settings, step: step)
  try gradient.withFloats { (g) throws(TensorError) in
    try firstMoment.withUniqueFloats { (m) throws(TensorError) in
      try secondMoment.withUniqueFloats { (v) throws(TensorError) in
        try parameter.withUniqueFloats { (p) throws(TensorError) in
          try withExtendedPointer(&plan) { (plan) throws(TensorError) in
            try inRanges(count, cost: 0.6, grain: 64) { range in
              kernels.optimizers.adam(plan, p, g, m, v, range.lowerBound, range.upperBound)
            }
          }
        }
      }
    }
  }
}

extension AdamStep {
  /// The numbers of one update that are the same for every element.
  fileprivate init(_ settings: AdamSettings, step: Int) {
    let (beta1, beta2) = settings.betas
    self.init(
      learningRate: settings.learningRate, beta1: beta1, beta2: beta2, epsilon: settings.epsilon,
      weightDecay: settings.weightDecay, decouplesDecay: settings.isDecoupled,
      correction1: 1 - Glibc.pow(beta1, Double(step)), correction2: 1 - Glibc.pow(beta2, Double(step)))
  }
}
