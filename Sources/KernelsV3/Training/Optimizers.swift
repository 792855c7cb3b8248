// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A setting in every lane.
@inline(__always) private func splat(_ value: Double) -> Vector { Vector(repeating: Float(value)) }

/// Four streams walked together: each is read once and, where it changes, written once.
@inline(__always)
private func update(
  _ first: Int, _ end: Int, _ p: MutableFloats, _ g: Floats, _ m: MutableFloats, _ v: MutableFloats,
  _ rule: (_ p: inout Vector, _ g: Vector, _ m: inout Vector, _ v: inout Vector) -> Void
) {
  var i = first
  while i < end {
    let count = min(lanes, end - i)
    if count == lanes {
      updateVector(lanes, p + i, g + i, m + i, v + i, rule)
    } else {
      updateVector(count, p + i, g + i, m + i, v + i, rule)
    }
    i += lanes
  }
}

@inline(__always)
private func updateVector(
  _ count: Int, _ p: MutableFloats, _ g: Floats, _ m: MutableFloats, _ v: MutableFloats,
  _ rule: (_ p: inout Vector, _ g: Vector, _ m: inout Vector, _ v: inout Vector) -> Void
) {
  var parameter = load(p, count: count)
  var mean = load(m, count: count)
  var square = load(v, count: count)
  rule(&parameter, load(g, count: count), &mean, &square)
  store(parameter, p, count: count)
  store(mean, m, count: count)
  store(square, v, count: count)
}

/// Adam or AdamW over a range (Kingma and Ba 2015, arXiv:1412.6980; Loshchilov and Hutter 2019, arXiv:1711.05101).
func adam(
  _ step: UnsafePointer<AdamStep>, _ parameter: MutableFloats, _ gradient: Floats, _ mean: MutableFloats,
  _ square: MutableFloats, _ first: Int, _ end: Int
) {
  let s = step.pointee
  let shrink = splat(s.decouplesDecay ? 1 - s.learningRate * s.weightDecay : 1.0)
  let decay = splat(s.decouplesDecay ? 0.0 : s.weightDecay)
  let beta2 = splat(s.beta2)
  let (rest1, rest2) = (splat(1 - s.beta1), splat(1 - s.beta2))
  // sqrt(v / c) + e = (sqrt(v) + e sqrt(c)) / sqrt(c): one division a parameter.
  let root = s.correction2.squareRoot()
  let scale = splat(s.learningRate / s.correction1 * root)
  let epsilon = splat(s.epsilon * root)
  let decays = s.weightDecay != 0
  update(first, end, parameter, gradient, mean, square) { p, g, m, v in
    let g = decays ? multiplyAdd(p, decay, g) : g
    if decays { p *= shrink }
    m = multiplyAdd(rest1, g - m, m)
    v = multiplyAdd(rest2 * g, g, beta2 * v)
    p -= quotient(scale * m, squareRoot(v) + epsilon)
  }
}

/// a / b for b >= 0, to the last digit but one where that is faster: roots and divisions share a unit, which they keep
/// busier than reading and writing.
@inline(__always) private func quotient(_ a: Vector, _ b: Vector) -> Vector {
  #if KERNELS_V4
    // Infinity has no near reciprocal; what is divided by so much is 0 either way.
    return a * nearReciprocal(smaller(b, splat(1e38)))
  #else
    return a / b
  #endif
}

/// Stochastic gradient descent over a range, with momentum where it is not zero.
func sgd(
  _ step: UnsafePointer<SGDStep>, _ parameter: MutableFloats, _ gradient: Floats, _ velocity: MutableFloats?,
  _ first: Int, _ end: Int
) {
  let s = step.pointee
  let decay = splat(s.weightDecay)
  let rate = splat(-s.learningRate)
  let momentum = splat(s.isFirst ? 0.0 : s.momentum)
  let taken = splat(s.isFirst ? 1.0 : 1 - s.dampening)
  // Without momentum the gradient stands for the velocity, and nothing is kept.
  guard let velocity, s.momentum != 0 else {
    mapVectors(parameter, gradient, parameter, first, end) { p, g in
      multiplyAdd(rate, multiplyAdd(p, decay, g), p)
    }
    return
  }
  let ahead = splat(s.nesterov ? s.momentum : 0.0)
  let own = splat(s.nesterov ? 1.0 : 0.0)
  update(first, end, parameter, gradient, velocity, velocity) { p, g, b, unused in
    let g = multiplyAdd(p, decay, g)
    b = multiplyAdd(momentum, b, taken * g)
    unused = b
    p = multiplyAdd(rate, s.nesterov ? multiplyAdd(ahead, b, own * g) : b, p)
  }
}

/// RMSprop over a range, with momentum where it is not zero (Tieleman and Hinton 2012).
func rmsprop(
  _ step: UnsafePointer<RMSpropStep>, _ parameter: MutableFloats, _ gradient: Floats, _ square: MutableFloats,
  _ velocity: MutableFloats?, _ first: Int, _ end: Int
) {
  let s = step.pointee
  let (alpha, rest) = (splat(s.alpha), splat(1 - s.alpha))
  let (decay, epsilon) = (splat(s.weightDecay), splat(s.epsilon))
  let rate = splat(-s.learningRate)
  let momentum = splat(s.momentum)
  let buffer = s.momentum == 0 ? nil : velocity
  update(first, end, parameter, gradient, buffer ?? square, square) { p, g, b, v in
    let g = multiplyAdd(p, decay, g)
    v = multiplyAdd(rest * g, g, alpha * v)
    let direction = g / (squareRoot(v) + epsilon)
    b = buffer == nil ? v : multiplyAdd(momentum, b, direction)
    p = multiplyAdd(rate, buffer == nil ? direction : b, p)
  }
}
