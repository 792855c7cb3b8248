// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The runs of one channel in a batch: one for each image.
struct ChannelRuns {
  let shape: ChannelShape
  let channel: Int

  @inline(__always) init(_ shape: UnsafePointer<ChannelShape>, _ channel: Int) {
    self.shape = shape.pointee
    self.channel = channel
  }

  @inline(__always) private func start(_ image: Int) -> Int { (image * shape.channels + channel) * shape.places }

  /// The sum of a term over the channel; `term` gets a place and how many floats to read there.
  @inline(__always) func sum(_ term: (Int, Int) -> Vector) -> Float {
    var even = Vector.zero
    var odd = Vector.zero
    for image in 0..<shape.batch {
      var place = start(image)
      let end = place + shape.places
      while place + 2 * lanes <= end {
        even += term(place, lanes)
        odd += term(place + lanes, lanes)
        place += 2 * lanes
      }
      while place < end {
        let count = min(lanes, end - place)
        even += select(firstLanes(count), term(place, count), .zero)
        place += count
      }
    }
    return sumOfLanes(even + odd)
  }

  /// Writes a value to every place of the channel.
  @inline(__always) func write(_ output: MutableFloats, _ value: (Int, Int) -> Vector) {
    for image in 0..<shape.batch {
      var place = start(image)
      let end = place + shape.places
      while place + lanes <= end {
        store(value(place, lanes), output + place)
        place += lanes
      }
      if place < end { store(value(place, end - place), output + place, count: end - place) }
    }
  }
}
