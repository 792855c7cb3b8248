// SPDX-License-Identifier: Apache-2.0
import QualityMetrics
import Tensors

/// Vectors of independent normal numbers.
func vectors(_ count: Int, _ width: Int, seed: UInt64, scale: Float = 1, shift: Float = 0) throws -> Features {
  let numbers = try RandomStream(seed: seed).normal([count, width]).scalars().map { $0 * scale + shift }
  return Features(count: count, width: width, values: numbers)
}
