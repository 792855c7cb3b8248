// SPDX-License-Identifier: Apache-2.0
import CProcessor

// The commonest windows, 2 x 2, are spelled out by passing their size as a constant into loops that are inlined.

/// The largest of each window of images that lie pixel by pixel, channel by channel, and its pixel.
func maximumOfPixels(
  _ s: PoolShape, _ x: Floats, _ output: MutableFloats, _ winners: UnsafeMutablePointer<Int32>, _ firstImage: Int,
  _ endImage: Int
) {
  for image in firstImage..<max(firstImage, endImage) {
    let from = x + image * s.height * s.width * s.channels
    for row in 0..<s.rows {
      let at = (image * s.rows + row) * s.columns * s.channels
      if s.size == 2 {
        maximumOfRow(s, 2, from, row, output + at, winners + at)
      } else {
        maximumOfRow(s, s.size, from, row, output + at, winners + at)
      }
    }
  }
}

@inline(__always)
private func maximumOfRow(
  _ s: PoolShape, _ size: Int, _ image: Floats, _ row: Int, _ output: MutableFloats,
  _ winners: UnsafeMutablePointer<Int32>
) {
  for column in 0..<s.columns {
    let corner = row * s.stride * s.width + column * s.stride
    let at = column * s.channels
    var channel = 0
    while channel + lanes <= s.channels {
      maximumOfWindow(s, size, image + channel, corner, lanes, output + at + channel, winners + at + channel)
      channel += lanes
    }
    if channel < s.channels {
      let count = s.channels - channel
      maximumOfWindow(s, size, image + channel, corner, count, output + at + channel, winners + at + channel)
    }
  }
}

/// One window of a vector of channels: the first largest, or the first NaN.
@inline(__always)
private func maximumOfWindow(
  _ s: PoolShape, _ size: Int, _ image: Floats, _ corner: Int, _ count: Int, _ output: MutableFloats,
  _ winners: UnsafeMutablePointer<Int32>
) {
  var best = load(image + corner * s.channels, count: count)
  var winner = VectorBits(repeating: Int32(truncatingIfNeeded: corner))
  for y in 0..<size {
    for x in 0..<size where x + y > 0 {
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

extension PoolShape {
  /// Whether each pixel belongs to one window.
  fileprivate var isTiling: Bool { size == stride && rows * size == height && columns * size == width }
}

/// Each gradient added to the winner of its window, for images that lie pixel by pixel.
func spreadToWinners(
  _ s: PoolShape, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ output: MutableFloats, _ firstImage: Int,
  _ endImage: Int
) {
  let size = s.height * s.width * s.channels
  for image in firstImage..<max(firstImage, endImage) {
    let target = output + image * size
    if !s.isTiling { zero(target, size) }
    for row in 0..<s.rows {
      let at = (image * s.rows + row) * s.columns * s.channels
      if s.isTiling && s.size == 2 {
        spreadRow(s, 2, adds: false, gradient + at, winners + at, row, target)
      } else {
        spreadRow(s, s.size, adds: !s.isTiling, gradient + at, winners + at, row, target)
      }
    }
  }
}

@inline(__always)
private func spreadRow(
  _ s: PoolShape, _ size: Int, adds: Bool, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ row: Int,
  _ image: MutableFloats
) {
  for column in 0..<s.columns {
    let corner = row * s.stride * s.width + column * s.stride
    let at = column * s.channels
    var channel = 0
    while channel + lanes <= s.channels {
      spread(s, size, adds, gradient + at + channel, winners + at + channel, corner, lanes, image + channel)
      channel += lanes
    }
    if channel < s.channels {
      let count = s.channels - channel
      spread(s, size, adds, gradient + at + channel, winners + at + channel, corner, count, image + channel)
    }
  }
}

/// The gradient of one window of a vector of channels: added, or written where nothing else is added.
@inline(__always)
private func spread(
  _ s: PoolShape, _ size: Int, _ adds: Bool, _ gradient: Floats, _ winners: UnsafePointer<Int32>, _ corner: Int,
  _ count: Int, _ image: MutableFloats
) {
  let value = load(gradient, count: count)
  let bits = UnsafeRawPointer(winners).assumingMemoryBound(to: Float.self)
  let winner = unsafeBitCast(load(bits, count: count), to: VectorBits.self)
  for y in 0..<size {
    for x in 0..<size {
      let place = corner + y * s.width + x
      let target = image + place * s.channels
      let isWinner = winner .== VectorBits(repeating: Int32(truncatingIfNeeded: place))
      // Zero is added even where nothing was before, so that a negative zero becomes a positive one in either case.
      let before = adds ? load(target, count: count) : .zero
      store(before + select(isWinner, value, .zero), target, count: count)
    }
  }
}
