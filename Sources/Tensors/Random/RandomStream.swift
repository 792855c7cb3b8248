// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Random numbers that follow from a seed, a stream and a position alone.
///
/// The same state gives the same numbers on any number of threads. Streams of one seed do not overlap.
public final class RandomStream {
  /// Where a stream stands; setting it back repeats the numbers.
  public struct State: Sendable, Hashable {
    /// What the numbers follow from.
    public var seed: UInt64
    /// Which of the seed's sequences this is.
    public var stream: UInt64
    /// How many blocks of numbers were used.
    public var counter: UInt64

    /// Names a place in a stream.
    public init(seed: UInt64, stream: UInt64, counter: UInt64) {
      self.seed = seed
      self.stream = stream
      self.counter = counter
    }
  }

  /// Where the stream stands.
  public var state: State

  /// Starts a stream of a seed.
  public init(seed: UInt64, stream: UInt64 = 0) {
    state = State(seed: seed, stream: stream, counter: 0)
  }

  /// Goes on from a state.
  public init(_ state: State) {
    self.state = state
  }

  /// Another stream at the same place, independent from now on.
  public func copy() -> RandomStream { RandomStream(state) }

  /// Floats from the standard normal distribution.
  public func normal(_ shape: Shape) throws(TensorError) -> Tensor {
    try filled(shape, cost: 1) { position, out, range in
      kernels.random.normal(position, 0, 1, out, range.lowerBound, range.upperBound)
    }
  }

  /// Floats from 0 up to, not including, 1.
  public func uniform(_ shape: Shape) throws(TensorError) -> Tensor {
    try filled(shape, cost: 0.5) { position, out, range in
      kernels.random.uniform(position, 0, 1, out, range.lowerBound, range.upperBound)
    }
  }

  /// Whole numbers from 0 up to, not including, `bound`, each equally likely.
  ///
  /// Throws when the bound is below 1.
  public func integers(below bound: Int, _ shape: Shape) throws(TensorError) -> Tensor {
    guard bound > 0 else {
      throw .argument(operation: "randint", name: "hi", value: "\(bound)", needs: "a bound of at least 1")
    }
    return try .making(shape, .int64, of: Int64.self) { (out) throws(TensorError) in
      for i in 0..<shape.count { out[i] = Int64(next(below: UInt64(bound))) }
    }
  }

  /// The numbers from 0 up to, not including, `count` in random order.
  public func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<Swift.max(count, 0))
    for i in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(i, Int(next(below: UInt64(i + 1)))) }
    return order
  }

  /// One word of 64 random bits.
  public func next() -> UInt64 {
    // Of another plane of counters than the kernels', so that the two do not meet.
    let words = Philox(key: key).words(counter: state.counter, plane: 1)
    state.counter &+= 1
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }

  /// One float from 0 up to, not including, 1.
  public func nextUniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  private func next(below bound: UInt64) -> UInt64 {
    // Lemire's method: the high word of the product, redrawn in the few cases that would favour some results.
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= bound || low >= (0 &- bound) % bound { return high }
    }
  }

  private func filled(
    _ shape: Shape, cost: Double, _ write: (RandomPosition, UnsafeMutablePointer<Float>, Range<Int>) -> Void
  ) throws(TensorError) -> Tensor {
    let position = RandomPosition(key: key, counter: state.counter)
    let block = kernels.random.blockSize
    let result = try Tensor.making(shape) { (out) throws(TensorError) in
      try inRanges(shape.count, cost: cost, grain: block) { range in write(position, out, range) }
    }
    state.counter &+= UInt64((shape.count + block - 1) / block)
    return result
  }

  /// Seed and stream in one: streams of a seed get keys that have nothing to do with one another.
  private var key: UInt64 { mixed(state.seed ^ mixed(state.stream)) }
}

/// The finalizer of SplitMix64: a bijection that changes half of the bits when one changes.
///
/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
private func mixed(_ value: UInt64) -> UInt64 {
  var z = value &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
  return z ^ z >> 31
}
