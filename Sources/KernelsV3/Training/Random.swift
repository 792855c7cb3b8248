// SPDX-License-Identifier: Apache-2.0
import CProcessor

// Philox-4x32-10: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". A block is 16 counters
// of 4 words: element 16 w + c is word w of counter c, at every level, so that all levels give the same bits.

/// Counters that make a block.
private let countersOfBlock = 16
/// Numbers of a block.
let randomBlock = 64

#if KERNELS_V4
  private typealias Words = SIMD8<UInt64>
#elseif KERNELS_V3
  private typealias Words = SIMD4<UInt64>
#else
  private typealias Words = SIMD2<UInt64>
#endif

/// The four words of as many counters as a vector has lanes, as bit patterns.
@inline(__always)
private func philox(_ key: UInt64, _ firstCounter: UInt64) -> (VectorBits, VectorBits, VectorBits, VectorBits) {
  var (c0, c1) = counters(firstCounter)
  var c2 = VectorBits.zero
  var c3 = VectorBits.zero
  var key0 = UInt32(truncatingIfNeeded: key)
  var key1 = UInt32(truncatingIfNeeded: key >> 32)
  for _ in 0..<10 {
    let (low0, high0) = product(c0, 0xD251_1F53)
    let (low1, high1) = product(c2, 0xCD9E_8D57)
    c0 = high1 ^ c1 ^ VectorBits(repeating: Int32(bitPattern: key0))
    c2 = high0 ^ c3 ^ VectorBits(repeating: Int32(bitPattern: key1))
    c1 = low1
    c3 = low0
    key0 &+= 0x9E37_79B9
    key1 &+= 0xBB67_AE85
  }
  return (c0, c1, c2, c3)
}

/// Consecutive counters, low and high words.
@inline(__always) private func counters(_ first: UInt64) -> (VectorBits, VectorBits) {
  var low = VectorBits.zero
  var high = VectorBits.zero
  for lane in 0..<lanes {
    let counter = first &+ UInt64(lane)
    low[lane] = Int32(truncatingIfNeeded: counter)
    high[lane] = Int32(truncatingIfNeeded: counter >> 32)
  }
  return (low, high)
}

/// Low and high words of the 64-bit products of each lane with a constant.
@inline(__always) private func product(_ x: VectorBits, _ factor: UInt64) -> (VectorBits, VectorBits) {
  let lowMask = Words(repeating: 0xFFFF_FFFF)
  let shift = Words(repeating: 32)
  let pairs = unsafeBitCast(x, to: Words.self)
  let even = (pairs & lowMask) &* Words(repeating: factor)
  let odd = (pairs &>> shift) &* Words(repeating: factor)
  let low = (even & lowMask) | (odd &<< shift)
  let high = (even &>> shift) | (odd & ~lowMask)
  return (unsafeBitCast(low, to: VectorBits.self), unsafeBitCast(high, to: VectorBits.self))
}

/// The part of each block that lies in a range, block by block.
@inline(__always)
private func forEachBlock(
  _ position: RandomPosition, _ first: Int, _ end: Int,
  _ body: (_ counter: UInt64, _ start: Int, _ part: Range<Int>) -> Void
) {
  var i = first
  while i < end {
    let index = i / randomBlock
    let counter = (position.counter &+ UInt64(truncatingIfNeeded: index)) &* UInt64(countersOfBlock)
    let last = min((index + 1) * randomBlock, end)
    body(counter, index * randomBlock, i..<last)
    i = last
  }
}

/// Random floats of a range; a block that is cut by the range is made whole beside the output.
@inline(__always)
private func fill(
  _ position: RandomPosition, _ output: MutableFloats, _ first: Int, _ end: Int,
  _ block: (UInt64, MutableFloats) -> Void
) {
  forEachBlock(position, first, end) { counter, start, part in
    if part.count == randomBlock {
      block(counter, output + start)
    } else {
      let whole = threadScratch()
      block(counter, whole)
      for place in part { output[place] = whole[place - start] }
    }
  }
}

/// 32 random bits each.
func randomBits(_ position: RandomPosition, _ output: UnsafeMutablePointer<UInt32>, _ first: Int, _ end: Int) {
  let whole = UnsafeMutableRawPointer(threadScratch()).assumingMemoryBound(to: UInt32.self)
  forEachBlock(position, first, end) { counter, start, part in
    var lane = 0
    while lane < countersOfBlock {
      let words = philox(position.key, counter &+ UInt64(lane))
      storeBits(words.0, whole + lane)
      storeBits(words.1, whole + 16 + lane)
      storeBits(words.2, whole + 32 + lane)
      storeBits(words.3, whole + 48 + lane)
      lane += lanes
    }
    for place in part { output[place] = whole[place - start] }
  }
}

@inline(__always) private func storeBits(_ bits: VectorBits, _ address: UnsafeMutablePointer<UInt32>) {
  UnsafeMutableRawPointer(address).storeBytes(of: bits, as: VectorBits.self)
}

/// Uniform numbers in [low, high).
func randomUniform(
  _ position: RandomPosition, _ low: Float, _ high: Float, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  let (scale, offset) = (splat(high - low), splat(low))
  fill(position, output, first, end) { counter, block in
    var lane = 0
    while lane < countersOfBlock {
      let words = philox(position.key, counter &+ UInt64(lane))
      store(multiplyAdd(unit(words.0), scale, offset), block + lane)
      store(multiplyAdd(unit(words.1), scale, offset), block + 16 + lane)
      store(multiplyAdd(unit(words.2), scale, offset), block + 32 + lane)
      store(multiplyAdd(unit(words.3), scale, offset), block + 48 + lane)
      lane += lanes
    }
  }
}

/// Normal numbers (Box and Muller 1958): words 0 and 1 make one pair, words 2 and 3 another.
func randomNormal(
  _ position: RandomPosition, _ mean: Float, _ deviation: Float, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  let (scale, offset) = (splat(deviation), splat(mean))
  fill(position, output, first, end) { counter, block in
    var lane = 0
    while lane < countersOfBlock {
      let words = philox(position.key, counter &+ UInt64(lane))
      let a = normalPair(words.0, words.1)
      store(multiplyAdd(a.0, scale, offset), block + lane)
      store(multiplyAdd(a.1, scale, offset), block + 16 + lane)
      let b = normalPair(words.2, words.3)
      store(multiplyAdd(b.0, scale, offset), block + 32 + lane)
      store(multiplyAdd(b.1, scale, offset), block + 48 + lane)
      lane += lanes
    }
  }
}

/// The upper 24 bits as a multiple of 2^-24 in [0, 1), exactly.
@inline(__always) private func unit(_ bits: VectorBits) -> Vector {
  // 23 bits under the exponent of 1 make a number in [1, 2); the 24th adds 2^-24.
  let mantissa = shiftedRight(bits, by: 9) & VectorBits(repeating: 0x007F_FFFF)
  let main = unsafeBitCast(mantissa | VectorBits(repeating: 0x3F80_0000), to: Vector.self) - splat(1)
  let last = VectorBits.zero &- (shiftedRight(bits, by: 8) & VectorBits(repeating: 1))
  return main + unsafeBitCast(last & VectorBits(repeating: 0x3380_0000), to: Vector.self)
}

/// Two independent normal numbers from two words.
@inline(__always) private func normalPair(_ first: VectorBits, _ second: VectorBits) -> (Vector, Vector) {
  // In (0, 1], so that its logarithm is finite.
  let radius = squareRoot(
    splat(-2) * logarithmOfNormal(unit(first) + splat(5.960_464_5e-8), exponentOffset: .zero))
  // A turn in quarters: the whole part picks the quarter, the rest is at most half a quarter.
  let quarters = unit(second) * splat(4)
  let shifted = quarters + splat(roundingMagic)
  let rest = (quarters - (shifted - splat(roundingMagic))) * splat(1.570_796_3)
  let (sine, cosine) = sineAndCosine(ofReduced: rest, quarter: unsafeBitCast(shifted, to: VectorBits.self))
  return (radius * cosine, radius * sine)
}
