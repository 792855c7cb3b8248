// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Sums over the places of images that lie pixel by pixel, for a few vectors of channels.
///
/// A sum over a run of places is held in so many vectors, as if the run lay in one piece: place after place is added to
/// its own lane. Here each lane is a row of channels. So the sums are the same as those of images in PyTorch's order.
struct PixelSums {
  /// Channels that are summed together: the rows of a sum stay in the first cache.
  static let channelsAtOnce = 4 * lanes

  let shape: ChannelShape
  /// The channels.
  let first, end: Int
  /// Vectors that a run is summed in: two or four.
  let chains: Int
  /// Room for `chains * lanes` rows of `channelsAtOnce`.
  let rows: MutableFloats

  @inline(__always)
  init(_ shape: ChannelShape, _ first: Int, _ end: Int, chains: Int, part: Int = 0) {
    self.shape = shape
    self.first = first
    self.end = end
    self.chains = chains
    rows = threadScratch() + part * chains * lanes * Self.channelsAtOnce
    clear()
  }

  func clear() { zero(rows, chains * lanes * Self.channelsAtOnce) }

  /// Adds a term over the places of an image; `term` gets where to read, a channel and how many of them.
  @inline(__always)
  func add(image: Int, _ term: (Int, Int, Int) -> Vector) {
    let start = image * shape.places
    let block = chains * lanes
    var place = 0
    while place + block <= shape.places {
      add(start + place, block, to: 0, term)
      place += block
    }
    while place < shape.places {
      let count = min(lanes, shape.places - place)
      // What is left over after whole vectors: of four, the second takes it.
      add(start + place, count, to: count < lanes && chains == 4 ? lanes : 0, term)
      place += count
    }
  }

  @inline(__always)
  private func add(_ pixel: Int, _ count: Int, to row: Int, _ term: (Int, Int, Int) -> Vector) {
    for i in 0..<count {
      let target = rows + (row + i) * Self.channelsAtOnce
      let from = (pixel + i) * shape.channels
      var channel = first
      while channel < end {
        let sum = target + channel - first
        store(load(sum) + term(from + channel, channel, min(lanes, end - channel)), sum)
        channel += lanes
      }
    }
  }

  /// The sums of all lanes in the order in which a register's are added; writes `result` of them for each channel.
  @inline(__always)
  func finish(_ output: MutableFloats, _ result: (Vector, Int, Int) -> Vector) {
    var channel = first
    while channel < end {
      let column = rows + channel - first
      addUp(column)
      let count = min(lanes, end - channel)
      store(result(load(column), channel, count), output + channel, count: count)
      channel += lanes
    }
  }

  /// Adds the vectors of a run to one another, then halves to halves.
  private func addUp(_ column: MutableFloats) {
    let width = Self.channelsAtOnce
    if chains == 4 {
      for i in 0..<lanes {
        let (a, b) = (load(column + i * width), load(column + (lanes + i) * width))
        let (c, d) = (load(column + (2 * lanes + i) * width), load(column + (3 * lanes + i) * width))
        store((a + b) + (c + d), column + i * width)
      }
    }
    var half = chains == 4 ? lanes / 2 : lanes
    while half > 0 {
      for i in 0..<half { store(load(column + i * width) + load(column + (half + i) * width), column + i * width) }
      half /= 2
    }
  }
}

/// Mean and variance of channels in a range.
func momentsOfPixels(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: MutableFloats, _ variances: MutableFloats, _ first: Int,
  _ end: Int
) {
  let s = shape.pointee
  let count = splat(Float(s.batch * s.places))
  for group in stride(from: first, to: end, by: PixelSums.channelsAtOnce) {
    let sums = PixelSums(s, group, min(group + PixelSums.channelsAtOnce, end), chains: 2)
    for image in 0..<s.batch { sums.add(image: image) { place, _, n in load(x + place, count: n) } }
    sums.finish(means) { sum, _, _ in sum / count }
    sums.clear()
    for image in 0..<s.batch {
      sums.add(image: image) { place, channel, n in
        let distance = load(x + place, count: n) - load(means + channel, count: n)
        return distance * distance
      }
    }
    sums.finish(variances) { sum, _, _ in sum / count }
  }
}

/// Sums of gradients, and of gradients times normalised values, of channels in a range.
func gradientSumsOfPixels(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: Floats, _ inverses: Floats, _ gradient: Floats,
  _ sums: MutableFloats, _ products: MutableFloats, _ first: Int, _ end: Int
) {
  let s = shape.pointee
  for group in stride(from: first, to: end, by: PixelSums.channelsAtOnce) {
    let last = min(group + PixelSums.channelsAtOnce, end)
    let plain = PixelSums(s, group, last, chains: 2)
    let weighted = PixelSums(s, group, last, chains: 2, part: 1)
    for image in 0..<s.batch {
      plain.add(image: image) { place, _, n in load(gradient + place, count: n) }
      weighted.add(image: image) { place, channel, n in
        load(gradient + place, count: n) * (load(x + place, count: n) - load(means + channel, count: n))
      }
    }
    plain.finish(sums) { sum, _, _ in sum }
    weighted.finish(products) { sum, channel, n in load(inverses + channel, count: n) * sum }
  }
}

/// Sums over the places of images in a range, [image, channel].
func sumPlaces(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ output: MutableFloats, _ firstImage: Int, _ endImage: Int
) {
  let s = shape.pointee
  for group in stride(from: 0, to: s.channels, by: PixelSums.channelsAtOnce) {
    let sums = PixelSums(s, group, min(group + PixelSums.channelsAtOnce, s.channels), chains: 4)
    for image in firstImage..<max(firstImage, endImage) {
      sums.add(image: image) { place, _, n in load(x + place, count: n) }
      sums.finish(output + image * s.channels) { sum, _, _ in sum }
      sums.clear()
    }
  }
}
