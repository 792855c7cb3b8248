// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Adding and taking away 1.5 * 2^23 rounds to the nearest integer, which is then in the low bits.
let roundingMagic: Float = 12_582_912

/// exp(x) - 1 as (fraction, exponent): exp(x) = (1 + fraction) * 2^exponent, |fraction| < 0.42.
///
/// The range is reduced by ln 2 in two parts (Cody and Waite); then a minimax polynomial of exp(r) - 1 on
/// |r| <= ln(2) / 2, off by at most 1.4e-8 of the value.
@inline(__always) func reducedExponential(_ x: Vector) -> (fraction: Vector, exponent: VectorBits) {
  let shifted = multiplyAdd(x, splat(1.442_695_04), splat(roundingMagic))
  let n = shifted - splat(roundingMagic)
  var r = multiplyAdd(n, splat(-0.693_359_375), x)
  r = multiplyAdd(n, splat(2.121_944_4e-4), r)
  var p = splat(0.001_394_643_9)
  p = multiplyAdd(p, r, splat(0.008_366_577))
  p = multiplyAdd(p, r, splat(0.041_666_28))
  p = multiplyAdd(p, r, splat(0.166_665_43))
  p = multiplyAdd(p, r, splat(0.5))
  let fraction = multiplyAdd(p * r, r, r)
  let exponent = unsafeBitCast(shifted, to: VectorBits.self) &- VectorBits(repeating: 0x4B40_0000)
  return (fraction, exponent)
}

/// 2^exponent for exponents in -126...127.
@inline(__always) func powerOfTwo(_ exponent: VectorBits) -> Vector {
  unsafeBitCast(shiftedLeft(exponent &+ VectorBits(repeating: 127), by: 23), to: Vector.self)
}

/// Keeps x within limits; NaN stays NaN.
@inline(__always) func clamp(_ x: Vector, _ low: Float, _ high: Float) -> Vector {
  let above = select(x .> splat(high), splat(high), x)
  return select(above .< splat(low), splat(low), above)
}

/// exp(x), within 1 ulp or so; infinite above 88.72, denormal below -87.3, 0 below -104.
@inline(__always) func exponential(_ x: Vector) -> Vector {
  let (fraction, exponent) = reducedExponential(clamp(x, -105, 90))
  // In two factors, so that neither the largest nor the denormal results overflow on the way.
  let half = shiftedRight(exponent, by: 1)
  let first = powerOfTwo(half)
  let second = powerOfTwo(exponent &- half)
  return multiplyAdd(fraction, first, first) * second
}

/// exp(x) - 1, exact near zero.
@inline(__always) func exponentialMinusOne(_ x: Vector) -> Vector {
  let (fraction, exponent) = reducedExponential(clamp(x, -40, 80))
  let scale = powerOfTwo(exponent)
  let middle = multiplyAdd(fraction, scale, scale - splat(1))
  return select(x .> splat(80), exponential(x), middle)
}

/// tanh(x) = e / (e + 2) with e = exp(2 x) - 1: exact near zero, where e is nearly 2 x.
@inline(__always) func hyperbolicTangent(_ x: Vector) -> Vector {
  let (fraction, exponent) = reducedExponential(clamp(x + x, -20, 20))
  let scale = powerOfTwo(exponent)
  let e = multiplyAdd(fraction, scale, scale - splat(1))
  return e / (e + splat(2))
}

/// 1 / (1 + exp(-x)).
@inline(__always) func logistic(_ x: Vector) -> Vector {
  splat(1) / (splat(1) + exponential(-x))
}

/// log(1 + exp(x)), by way of the larger of x and 0.
@inline(__always) func softplus(_ x: Vector) -> Vector {
  let positive = select(x .< .zero, .zero, x)
  let small = exponential(-magnitude(x))
  // 1 + small is in (1, 2]: none of the logarithm's special cases.
  let sum = splat(1) + small
  let lost = (small - (sum - splat(1))) / sum
  return positive + (logarithmOfNormal(sum, exponentOffset: .zero) + lost)
}
