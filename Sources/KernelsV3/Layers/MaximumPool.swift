// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The largest of each window, and its place in the plane, for planes in a range.
func maximumPool(
  _ shape: UnsafePointer<PoolShape>, _ x: Floats, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>,
  _ firstPlane: Int, _ endPlane: Int
) {
  let s = shape.pointee
  if s.channels > 1 { return maximumOfPixels(s, x, output, winners, firstPlane, endPlane) }
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let from = x + plane * s.height * s.width
    for row in 0..<s.rows {
      let at = (plane * s.rows + row) * s.columns
      if s.size == 2 && s.stride == 2 {
        maximumOfPairs(from, row * 2 * s.width, s, output + at, winners + at)
        continue
      }
      for column in 0..<s.columns {
        let winner = largest(from, row * s.stride * s.width + column * s.stride, s)
        winners[at + column] = Int32(truncatingIfNeeded: winner)
        output[at + column] = from[winner]
      }
    }
  }
}

/// The place of the largest number of a window.
@inline(__always) private func largest(_ plane: Floats, _ corner: Int, _ s: PoolShape) -> Int {
  var best = corner
  for y in 0..<s.size {
    for x in 0..<s.size {
      let place = corner + y * s.width + x
      if plane[place] > plane[best] || (plane[place].isNaN && !plane[best].isNaN) { best = place }
    }
  }
  return best
}

/// Windows of 2 x 2 side by side, a vector of windows at a time, the last ones as part of a vector.
@inline(__always)
private func maximumOfPairs(
  _ plane: Floats, _ corner: Int, _ s: PoolShape, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>
) {
  let width = Int32(truncatingIfNeeded: s.width)
  var column = 0
  while column < s.columns {
    let count = min(lanes, s.columns - column)
    let place = corner + 2 * column
    let top = pairs(plane + place, count)
    let bottom = pairs(plane + place + s.width, count)
    var best = top.even
    var winner = firstPlaces(place)
    take(top.odd, 1, place, &best, &winner)
    take(bottom.even, width, place, &best, &winner)
    take(bottom.odd, width + 1, place, &best, &winner)
    storeUpTo(best, output + column, count)
    // Only moved, so that their bits may pass for floats.
    let bits = UnsafeMutableRawPointer(winners + column).assumingMemoryBound(to: Float.self)
    storeUpTo(unsafeBitCast(winner, to: Vector.self), bits, count)
    column += lanes
  }
}

/// The first and the second numbers of so many pairs in a row.
@inline(__always) private func pairs(_ from: Floats, _ count: Int) -> (even: Vector, odd: Vector) {
  let low = loadUpTo(from, 2 * count)
  let high = loadUpTo(from + lanes, 2 * count - lanes)
  return (evenLanes(low, high), oddLanes(low, high))
}

@inline(__always) private func loadUpTo(_ from: Floats, _ count: Int) -> Vector {
  count >= lanes ? load(from) : count > 0 ? load(from, count: count) : .zero
}

@inline(__always) private func storeUpTo(_ value: Vector, _ to: MutableFloats, _ count: Int) {
  if count == lanes { store(value, to) } else { store(value, to, count: count) }
}

/// Takes candidates where they are larger, or the first NaN.
@inline(__always)
private func take(_ candidate: Vector, _ offset: Int32, _ place: Int, _ best: inout Vector, _ winner: inout VectorBits)
{
  let there = firstPlaces(place) &+ VectorBits(repeating: offset)
  winner = placeOfLarger(candidate, best, there, winner)
  best = largerOrFirst(candidate, best)
}

/// The places of the windows' first numbers: two apart.
@inline(__always) private func firstPlaces(_ place: Int) -> VectorBits {
  VectorBits(repeating: Int32(truncatingIfNeeded: place)) &+ lanePlaces &+ lanePlaces
}

/// Each gradient to the winner of its window, for planes in a range.
func maximumPoolBackward(
  _ shape: UnsafePointer<PoolShape>, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ output: MutableFloats,
  _ firstPlane: Int, _ endPlane: Int
) {
  let s = shape.pointee
  let size = s.height * s.width
  let count = s.rows * s.columns
  if s.channels > 1 { return spreadToWinners(s, gradient, winners, output, firstPlane, endPlane) }
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let target = output + plane * size
    zero(target, size)
    for i in plane * count..<(plane + 1) * count { target[Int(winners[i])] += gradient[i] }
  }
}
