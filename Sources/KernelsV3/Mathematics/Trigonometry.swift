// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Beyond this, taking off multiples of pi/2 in three parts is no longer exact enough.
let trigonometryLimit: Float = 8192

/// sin and cos of |x| up to `trigonometryLimit`.
@inline(__always) func sineAndCosine(_ x: Vector) -> (sine: Vector, cosine: Vector) {
  let shifted = multiplyAdd(x, splat(0.636_619_77), splat(roundingMagic))
  let n = shifted - splat(roundingMagic)
  // pi/2 in three parts: the first two have so few bits that n times them is exact.
  var r = multiplyAdd(n, splat(-1.570_312_5), x)
  r = multiplyAdd(n, splat(-4.837_512_97e-4), r)
  r = multiplyAdd(n, splat(-7.549_789_95e-8), r)
  return sineAndCosine(ofReduced: r, quarter: unsafeBitCast(shifted, to: VectorBits.self))
}

/// sin and cos of r + quarter * pi/2, |r| <= pi/4; the low two bits of `quarter` count.
@inline(__always) func sineAndCosine(ofReduced r: Vector, quarter: VectorBits) -> (sine: Vector, cosine: Vector) {
  let square = r * r
  var s = splat(-0.000_195_172_99)
  s = multiplyAdd(s, square, splat(0.008_332_178))
  s = multiplyAdd(s, square, splat(-0.166_666_55))
  s = multiplyAdd(s * square, r, r)
  var c = splat(2.443_845_2e-5)
  c = multiplyAdd(c, square, splat(-0.001_388_736_8))
  c = multiplyAdd(c, square, splat(0.041_666_646))
  c = multiplyAdd(c * square, square, multiplyAdd(splat(-0.5), square, splat(1)))
  let one = VectorBits(repeating: 1)
  let isOdd = (quarter & one) .== one
  let sine = select(isOdd, c, s)
  let cosine = select(isOdd, s, c)
  // sin changes its sign in quarters 2 and 3, cos in 1 and 2.
  let sineSign = shiftedLeft(quarter, by: 30) & VectorBits(repeating: .min)
  let cosineSign = shiftedLeft(quarter &+ one, by: 30) & VectorBits(repeating: .min)
  return (flipped(sine, sineSign), flipped(cosine, cosineSign))
}

@inline(__always) private func flipped(_ x: Vector, _ signs: VectorBits) -> Vector {
  unsafeBitCast(unsafeBitCast(x, to: VectorBits.self) ^ signs, to: Vector.self)
}
