// SPDX-License-Identifier: Apache-2.0

/// Writes function(x[i]) for a range of elements; the output may be x.
@inline(__always)
func mapVectors(_ x: Floats, _ output: MutableFloats, _ first: Int, _ end: Int, _ function: (Vector) -> Vector) {
  var i = first
  while i + lanes <= end {
    store(function(load(x + i)), output + i)
    i += lanes
  }
  if i < end { store(function(load(x + i, count: end - i)), output + i, count: end - i) }
}

/// Writes function(x[i], y[i]) for a range of elements; the output may be x or y.
@inline(__always)
func mapVectors(
  _ x: Floats, _ y: Floats, _ output: MutableFloats, _ first: Int, _ end: Int,
  _ function: (Vector, Vector) -> Vector
) {
  var i = first
  while i + lanes <= end {
    store(function(load(x + i), load(y + i)), output + i)
    i += lanes
  }
  if i < end {
    let count = end - i
    store(function(load(x + i, count: count), load(y + i, count: count)), output + i, count: count)
  }
}

/// Applies a function of C's library to each lane: for what is rare and hard.
@inline(__always)
func eachLane(_ x: Vector, _ function: (Float) -> Float) -> Vector {
  var result = x
  for lane in 0..<lanes { result[lane] = function(x[lane]) }
  return result
}
