// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import KernelsBaseline
import KernelsV3
import KernelsV4

/// Which instructions the inner loops use.
///
/// The best that the processor has is taken; `EASEL_KERNELS=baseline` or `v3` asks for less. Results differ between
/// levels in the last digits, never between runs of one level.
public enum KernelLevel: Int32, Sendable, CaseIterable, Comparable, CustomStringConvertible {
  /// What every processor of the architecture has.
  case baseline = 0
  /// AVX2 with fused multiply-add (x86-64-v3).
  case v3 = 3
  /// AVX-512 (x86-64-v4).
  case v4 = 4

  /// The level in use.
  public static let current: KernelLevel = {
    let wished = getenv("EASEL_KERNELS").flatMap { named(String(cString: $0)) } ?? .v4
    return min(wished, best)
  }()

  /// The best level that this processor has.
  public static let best = allCases.last { $0.rawValue <= processorLevel() } ?? .baseline

  /// The word for the level.
  public var description: String {
    switch self {
    case .baseline: "baseline"
    case .v3: "v3"
    case .v4: "v4"
    }
  }

  /// The lower level first.
  public static func < (a: KernelLevel, b: KernelLevel) -> Bool { a.rawValue < b.rawValue }

  private static func named(_ word: String) -> KernelLevel? { allCases.first { $0.description == word } }
}

/// The inner loops of the level in use.
let kernels: KernelTable =
  switch KernelLevel.current {
  case .baseline: KernelsBaseline.kernelTable()
  case .v3: KernelsV3.kernelTable()
  case .v4: KernelsV4.kernelTable()
  }
