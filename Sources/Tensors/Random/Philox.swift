// SPDX-License-Identifier: Apache-2.0

/// The Philox 4×32-10 generator: a bijection that turns a counter and a key into four random words.
///
/// Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
struct Philox {
  let key: UInt64

  /// The four words of one counter value in one plane.
  func words(counter: UInt64, plane: UInt64) -> SIMD4<UInt32> {
    var c = SIMD4<UInt32>(
      UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
      UInt32(truncatingIfNeeded: plane), UInt32(truncatingIfNeeded: plane >> 32))
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) &* UInt64(c[0])
      let b = UInt64(0xCD9E_8D57) &* UInt64(c[2])
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c[1] ^ k0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c[3] ^ k1, UInt32(truncatingIfNeeded: a))
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return c
  }
}
