// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// The counter-based generator: known answers, distribution, independence of how the work is cut.
@Suite struct KernelRandomTests {
  /// Philox-4x32-10 written as in the paper.
  static func philox(_ key: UInt64, _ counter: UInt64) -> [UInt32] {
    var c: [UInt32] = [UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0]
    var k: [UInt32] = [UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)]
    for _ in 0..<10 {
      let a = UInt64(c[0]) * 0xD251_1F53
      let b = UInt64(c[2]) * 0xCD9E_8D57
      c = [
        UInt32(b >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: b), UInt32(a >> 32) ^ c[3] ^ k[1],
        UInt32(truncatingIfNeeded: a),
      ]
      k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
    }
    return c
  }

  @Test func knownAnswer() {
    // The published test vector for a key and counter of zero.
    #expect(Self.philox(0, 0) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
  }

  @Test(arguments: Level.all) func bitsAreThoseOfThePaper(_ level: Level) {
    let position = RandomPosition(key: 0x1234_5678_9ABC_DEF0, counter: 0xFFF_FFFF)
    var bits = [UInt32](repeating: 0, count: 200)
    level.table.random.bits(position, &bits, 0, 200)
    for i in 0..<200 {
      let counter = (position.counter + UInt64(i / 64)) * 16 + UInt64(i % 16)
      #expect(bits[i] == Self.philox(position.key, counter)[i % 64 / 16])
    }
  }

  @Test(arguments: Level.all) func sameBitsHoweverTheWorkIsCut(_ level: Level) {
    let position = RandomPosition(key: 7, counter: 3)
    for count in oddSizes {
      var (whole, cut) = ([Float](repeating: .nan, count: count), [Float](repeating: .nan, count: count))
      level.table.random.normal(position, 0, 1, &whole, 0, count)
      level.table.random.normal(position, 0, 1, &cut, 0, count / 3)
      level.table.random.normal(position, 0, 1, &cut, count / 3, count)
      #expect(whole == cut)
      level.table.random.uniform(position, -1, 1, &whole, 0, count)
      level.table.random.uniform(position, -1, 1, &cut, 0, count / 2)
      level.table.random.uniform(position, -1, 1, &cut, count / 2, count)
      #expect(whole == cut)
    }
  }

  @Test(arguments: Level.all) func distributions(_ level: Level) {
    let count = 200_000
    var x = [Float](repeating: .nan, count: count)
    level.table.random.uniform(RandomPosition(key: 1, counter: 0), 2, 4, &x, 0, count)
    #expect(x.allSatisfy { $0 >= 2 && $0 < 4 })
    let mean = x.reduce(0.0) { $0 + Double($1) } / Double(count)
    #expect(abs(mean - 3) < 0.01)
    level.table.random.normal(RandomPosition(key: 2, counter: 0), 0, 1, &x, 0, count)
    let moments = [1.0, 2, 3, 4].map { power in x.reduce(0.0) { $0 + pow(Double($1), power) } / Double(count) }
    #expect(abs(moments[0]) < 0.01 && abs(moments[1] - 1) < 0.02 && abs(moments[2]) < 0.05)
    #expect(abs(moments[3] - 3) < 0.1)
    let within = Double(x.filter { abs($0) < 1 }.count) / Double(count)
    #expect(abs(within - 0.6827) < 0.005)
    #expect(x.allSatisfy { abs($0) < 6 })
  }

  @Test(arguments: Level.all) func normalsFollowBoxAndMuller(_ level: Level) {
    let position = RandomPosition(key: 11, counter: 5)
    var (bits, normals) = ([UInt32](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
    level.table.random.bits(position, &bits, 0, 64)
    level.table.random.normal(position, 10, 2, &normals, 0, 64)
    for i in 0..<16 {
      let radius = sqrt(-2 * log((Double(bits[i] >> 8) + 1) / 16_777_216))
      let angle = 2 * Double.pi * Double(bits[i + 16] >> 8) / 16_777_216
      let (first, second) = (10 + 2 * radius * cos(angle), 10 + 2 * radius * sin(angle))
      #expect(abs(Double(normals[i]) - first) < 2e-6)
      #expect(abs(Double(normals[i + 16]) - second) < 2e-6)
    }
  }
}
