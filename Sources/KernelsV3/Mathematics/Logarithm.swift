// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// log(x), within 1 ulp or so: minus infinity at 0, NaN below, denormals as they are.
@inline(__always) func logarithm(_ x: Vector) -> Vector {
  let isTiny = x .< splat(Float(bitPattern: 0x0080_0000))
  let scaled = select(isTiny, x * splat(8_388_608), x)
  let result = logarithmOfNormal(scaled, exponentOffset: select(isTiny, splat(-23), .zero))
  let isUsual = (x .> .zero) .& (x .< splat(.infinity))
  // Of infinity itself, of NaN itself, and of what is negative NaN.
  let unusual = select(x .== .zero, splat(-.infinity), select(x .< .zero, splat(.nan), x))
  return select(isUsual, result, unusual)
}

/// log(x) of a normal positive number, plus so many times ln 2.
///
/// x = m * 2^e with m in [sqrt(1/2), sqrt(2)); log(m) by a minimax polynomial, off by at most 6e-9 of the value.
@inline(__always) func logarithmOfNormal(_ x: Vector, exponentOffset: Vector) -> Vector {
  // Taking sqrt(1/2) away from the bits makes the exponent field change where m does.
  let bits = unsafeBitCast(x, to: VectorBits.self) &- VectorBits(repeating: 0x3F35_04F3)
  let exponent = shiftedRight(bits, by: 23)
  let mantissa = (bits & VectorBits(repeating: 0x007F_FFFF)) &+ VectorBits(repeating: 0x3F35_04F3)
  let e = floats(exponent) + exponentOffset
  let f = unsafeBitCast(mantissa, to: Vector.self) - splat(1)
  var p = splat(-0.076_344_99)
  p = multiplyAdd(p, f, splat(0.127_615_78))
  p = multiplyAdd(p, f, splat(-0.131_601_83))
  p = multiplyAdd(p, f, splat(0.142_017_57))
  p = multiplyAdd(p, f, splat(-0.166_233_57))
  p = multiplyAdd(p, f, splat(0.200_012_27))
  p = multiplyAdd(p, f, splat(-0.250_008_2))
  p = multiplyAdd(p, f, splat(0.333_333_3))
  let square = f * f
  var rest = p * square * f
  rest = multiplyAdd(e, splat(-2.121_944_4e-4), rest)
  rest = multiplyAdd(splat(-0.5), square, rest)
  return multiplyAdd(e, splat(0.693_359_375), f + rest)
}

/// log(1 + x), exact near zero.
@inline(__always) func logarithmOfOnePlus(_ x: Vector) -> Vector {
  let sum = splat(1) + x
  // What rounding took from the sum, given back to first order; nothing where the sum is 0 or infinite.
  let lost = select((sum .> .zero) .& (sum .< splat(.infinity)), (x - (sum - splat(1))) / sum, .zero)
  return logarithm(sum) + lost
}
