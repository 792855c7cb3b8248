// SPDX-License-Identifier: Apache-2.0
import CProcessor
import KernelsBaseline
import KernelsV3
import KernelsV4

/// One set of kernels that this processor can run.
struct Level: Sendable, CustomStringConvertible {
  let description: String
  let table: KernelTable

  /// All that this processor can run: the tests go through each.
  static let all: [Level] = {
    var levels = [Level(description: "baseline", table: KernelsBaseline.kernelTable())]
    if processorLevel() >= 3 { levels.append(Level(description: "v3", table: KernelsV3.kernelTable())) }
    if processorLevel() >= 4 { levels.append(Level(description: "v4", table: KernelsV4.kernelTable())) }
    return levels
  }()
}

/// Sizes around the widths of vectors and tiles.
let oddSizes = [1, 3, 7, 16, 17, 31, 64, 100, 784]

/// Repeatable numbers in [-1, 1).
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
  }

  mutating func array(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

/// The worst difference as a share of `scale`, or infinity where a number is missing.
func worstDifference(_ values: [Float], _ expected: [Double], scale: (Double) -> Double) -> Double {
  guard values.count == expected.count else { return .infinity }
  var worst = 0.0
  for (value, truth) in zip(values, expected) {
    let difference = abs(Double(value) - truth) / scale(truth)
    worst = max(worst, difference.isNaN ? .infinity : difference)
  }
  return worst
}
