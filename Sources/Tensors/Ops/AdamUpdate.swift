// SPDX-License-Identifier: Apache-2.0
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
  let plan = AdamPlan(settings, step: step)
  try gradient.withFloats { (g) throws(TensorError) in
    try firstMoment.withUniqueFloats { (m) throws(TensorError) in
      try secondMoment.withUniqueFloats { (v) throws(TensorError) in
        try parameter.withUniqueFloats { (p) throws(TensorError) in
          for i in 0..<count { plan.update(&p[i], g[i], &m[i], &v[i]) }
        }
      }
    }
  }
}

/// The numbers of one update that are the same for every element.
struct AdamPlan {
  let beta1, beta2, gain1, gain2, stepSize, rootScale, epsilon, decay, shrink: Float

  init(_ settings: AdamSettings, step: Int) {
    let (b1, b2) = settings.betas
    let first = 1 - Glibc.pow(b1, Double(step))
    let second = 1 - Glibc.pow(b2, Double(step))
    beta1 = Float(b1)
    beta2 = Float(b2)
    // In double, as PyTorch does: 1 − 0.999 in single precision is off by 1.3e-5.
    gain1 = Float(1 - b1)
    gain2 = Float(1 - b2)
    stepSize = Float(settings.learningRate / first)
    rootScale = Float(1 / second.squareRoot())
    epsilon = Float(settings.epsilon)
    decay = settings.isDecoupled ? 0 : Float(settings.weightDecay)
    shrink = settings.isDecoupled ? Float(1 - settings.learningRate * settings.weightDecay) : 1
  }

  @inline(__always)
  func update(_ p: inout Float, _ gradient: Float, _ m: inout Float, _ v: inout Float) {
    let g = gradient + decay * p
    m = beta1 * m + gain1 * g
    v = beta2 * v + gain2 * g * g
    p = p * shrink - stepSize * m / (v.squareRoot() * rootScale + epsilon)
  }
}
