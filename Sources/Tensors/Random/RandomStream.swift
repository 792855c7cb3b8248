// SPDX-License-Identifier: Apache-2.0
import Glibc

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
    /// How many blocks of four words were used.
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
    try filled(shape) { words, out, count in
      for pair in 0..<2 {
        // Box–Muller: two words give two numbers.
        let radius = (-2 * logf(openUnit(words[2 * pair]))).squareRoot()
        let angle = 2 * Float.pi * unit(words[2 * pair + 1])
        if 2 * pair < count { out[2 * pair] = radius * cosf(angle) }
        if 2 * pair + 1 < count { out[2 * pair + 1] = radius * sinf(angle) }
      }
    }
  }

  /// Floats from 0 up to, not including, 1.
  public func uniform(_ shape: Shape) throws(TensorError) -> Tensor {
    try filled(shape) { words, out, count in
      for i in 0..<count { out[i] = unit(words[i]) }
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
    let words = Philox(key: state.seed).words(counter: state.counter, stream: state.stream)
    state.counter &+= 1
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }

  /// One float from 0 up to, not including, 1.
  public func nextUniform() -> Float { unit(UInt32(truncatingIfNeeded: next() >> 32)) }

  private func next(below bound: UInt64) -> UInt64 {
    // Lemire's method: the high word of the product, redrawn in the few cases that would favour some results.
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= bound || low >= (0 &- bound) % bound { return high }
    }
  }

  private func filled(
    _ shape: Shape, _ write: (SIMD4<UInt32>, UnsafeMutablePointer<Float>, Int) -> Void
  ) throws(TensorError) -> Tensor {
    let philox = Philox(key: state.seed)
    let result = try Tensor.making(shape) { (out) throws(TensorError) in
      let count = shape.count
      for block in 0..<(count + 3) / 4 {
        let words = philox.words(counter: state.counter &+ UInt64(block), stream: state.stream)
        write(words, out + block * 4, Swift.min(4, count - block * 4))
      }
    }
    state.counter &+= UInt64((shape.count + 3) / 4)
    return result
  }
}

/// A word as a float from 0 up to, not including, 1.
private func unit(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }

/// A word as a float above 0, up to 1.
private func openUnit(_ word: UInt32) -> Float { (Float(word >> 8) + 1) * 0x1p-24 }
