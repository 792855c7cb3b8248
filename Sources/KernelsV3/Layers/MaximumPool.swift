// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The largest of each window, and its place in the plane, for planes in a range.
func maximumPool(
  _ shape: UnsafePointer<PoolShape>, _ x: Floats, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>,
  _ firstPlane: Int, _ endPlane: Int
) {
  let s = shape.pointee
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let from = x + plane * s.height * s.width
    for row in 0..<s.rows {
      let at = (plane * s.rows + row) * s.columns
      var column = 0
      if s.size == 2 && s.stride == 2 {
        column = maximumOfPairs(from, row * 2 * s.width, s, output + at, winners + at)
      }
      while column < s.columns {
        let winner = largest(from, row * s.stride * s.width + column * s.stride, s)
        winners[at + column] = Int32(truncatingIfNeeded: winner)
        output[at + column] = from[winner]
        column += 1
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

/// Windows of 2 x 2 side by side, a vector of windows at a time; returns how many columns are done.
@inline(__always)
private func maximumOfPairs(
  _ plane: Floats, _ corner: Int, _ s: PoolShape, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>
) -> Int {
  var column = 0
  while column + lanes <= s.columns {
    let place = corner + 2 * column
    let top = (load(plane + place), load(plane + place + lanes))
    let bottom = (load(plane + place + s.width), load(plane + place + s.width + lanes))
    var best = evenLanes(top.0, top.1)
    var winner = firstPlaces(place)
    let width = Int32(truncatingIfNeeded: s.width)
    take(oddLanes(top.0, top.1), 1, place, &best, &winner)
    take(evenLanes(bottom.0, bottom.1), width, place, &best, &winner)
    take(oddLanes(bottom.0, bottom.1), width + 1, place, &best, &winner)
    store(best, output + column)
    UnsafeMutableRawPointer(winners + column).storeBytes(of: winner, as: VectorBits.self)
    column += lanes
  }
  return column
}

/// Takes candidates where they are larger, or the first NaN.
@inline(__always)
private func take(_ candidate: Vector, _ offset: Int32, _ place: Int, _ best: inout Vector, _ winner: inout VectorBits)
{
  let wins = (candidate .> best) .| ((candidate .!= candidate) .& (best .== best))
  let mask = unsafeBitCast(wins, to: VectorBits.self)
  best = selectBits(mask, candidate, best)
  winner = (mask & (firstPlaces(place) &+ VectorBits(repeating: offset))) | (~mask & winner)
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
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let target = output + plane * size
    zero(target, size)
    for i in plane * count..<(plane + 1) * count { target[Int(winners[i])] += gradient[i] }
  }
}
