// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The largest of each window of images that lie pixel by pixel, channel by channel, and its pixel.
func maximumOfPixels(
  _ s: PoolShape, _ x: Floats, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>, _ firstImage: Int,
  _ endImage: Int
) {
  for image in firstImage..<max(firstImage, endImage) {
    let from = x + image * s.height * s.width * s.channels
    for row in 0..<s.rows {
      for column in 0..<s.columns {
        let corner = row * s.stride * s.width + column * s.stride
        let at = ((image * s.rows + row) * s.columns + column) * s.channels
        var channel = 0
        while channel < s.channels {
          let count = min(lanes, s.channels - channel)
          maximumOfWindow(s, from + channel, corner, count, output + at + channel, winners + at + channel)
          channel += lanes
        }
      }
    }
  }
}

/// One window of a vector of channels: the first largest, or the first NaN.
@inline(__always)
private func maximumOfWindow(
  _ s: PoolShape, _ image: Floats, _ corner: Int, _ count: Int, _ output: MutableFloats,
  _ winners: UnsafeMutablePointer<Int32>
) {
  var best = load(image + corner * s.channels, count: count)
  var winner = VectorBits(repeating: Int32(truncatingIfNeeded: corner))
  for y in 0..<s.size {
    for x in 0..<s.size where x + y > 0 {
      let place = corner + y * s.width + x
      let candidate = load(image + place * s.channels, count: count)
      winner = placeOfLarger(candidate, best, VectorBits(repeating: Int32(truncatingIfNeeded: place)), winner)
      best = largerOrFirst(candidate, best)
    }
  }
  store(best, output, count: count)
  // Only moved, so that their bits may pass for floats.
  let bits = UnsafeMutableRawPointer(winners).assumingMemoryBound(to: Float.self)
  store(unsafeBitCast(winner, to: Vector.self), bits, count: count)
}

/// Each gradient added to the winner of its window, for images that lie pixel by pixel.
func spreadToWinners(
  _ s: PoolShape, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ output: MutableFloats, _ firstImage: Int,
  _ endImage: Int
) {
  let size = s.height * s.width * s.channels
  for image in firstImage..<max(firstImage, endImage) {
    let target = output + image * size
    zero(target, size)
    for row in 0..<s.rows {
      for column in 0..<s.columns {
        let corner = row * s.stride * s.width + column * s.stride
        let at = ((image * s.rows + row) * s.columns + column) * s.channels
        var channel = 0
        while channel < s.channels {
          let count = min(lanes, s.channels - channel)
          spreadOverWindow(s, gradient + at + channel, winners + at + channel, corner, count, target + channel)
          channel += lanes
        }
      }
    }
  }
}

@inline(__always)
private func spreadOverWindow(
  _ s: PoolShape, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ corner: Int, _ count: Int,
  _ image: MutableFloats
) {
  let value = load(gradient, count: count)
  let bits = UnsafeRawPointer(winners).assumingMemoryBound(to: Float.self)
  let winner = unsafeBitCast(load(bits, count: count), to: VectorBits.self)
  for y in 0..<s.size {
    for x in 0..<s.size {
      let place = corner + y * s.width + x
      let target = image + place * s.channels
      let isWinner = winner .== VectorBits(repeating: Int32(truncatingIfNeeded: place))
      store(load(target, count: count) + select(isWinner, value, .zero), target, count: count)
    }
  }
}
