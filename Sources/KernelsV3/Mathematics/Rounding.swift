// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The nearest whole number, halves to the even one.
///
/// Adding 2^23 leaves no bits for fractions; what is larger has none anyway.
@inline(__always) func nearest(_ x: Vector) -> Vector {
  let size = magnitude(x)
  let rounded = withSign(x, (size + splat(8_388_608)) - splat(8_388_608))
  return select(size .< splat(8_388_608), rounded, x)
}

/// The largest whole number not above x.
@inline(__always) func floor(_ x: Vector) -> Vector {
  let rounded = nearest(x)
  return select(rounded .> x, rounded - splat(1), rounded)
}

/// The smallest whole number not below x.
@inline(__always) func ceiling(_ x: Vector) -> Vector {
  -floor(-x)
}

/// -1, 0 or 1; NaN stays.
@inline(__always) func sign(_ x: Vector) -> Vector {
  select(x .> .zero, splat(1), select(x .< .zero, splat(-1), x))
}
