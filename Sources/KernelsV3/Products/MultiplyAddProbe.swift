// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Floating-point operations of a round.
let operationsOfProbeRound = MatrixTile.rows * MatrixTile.columns * 2

/// Multiplies and adds in registers alone: each number of a tile becomes half of itself and a constant.
func multiplyAddProbe(_ rounds: Int) -> Float {
  var tile = MatrixTile()
  let (factor, low, high) = (splat(0.5), splat(0.25), splat(0.125))
  for _ in 0..<rounds {
    tile.row0.halve(factor, low, high)
    tile.row1.halve(factor, low, high)
    tile.row2.halve(factor, low, high)
    tile.row3.halve(factor, low, high)
    #if KERNELS_V4 || KERNELS_V3
      tile.row4.halve(factor, low, high)
      tile.row5.halve(factor, low, high)
    #endif
    #if KERNELS_V4
      tile.row6.halve(factor, low, high)
      tile.row7.halve(factor, low, high)
    #endif
  }
  var total = tile.row0.total + tile.row1.total + tile.row2.total + tile.row3.total
  #if KERNELS_V4 || KERNELS_V3
    total += tile.row4.total + tile.row5.total
  #endif
  #if KERNELS_V4
    total += tile.row6.total + tile.row7.total
  #endif
  return total
}

extension TileRow {
  @inline(__always) fileprivate mutating func halve(_ factor: Vector, _ low: Vector, _ high: Vector) {
    self.low = multiplyAdd(self.low, factor, low)
    self.high = multiplyAdd(self.high, factor, high)
  }

  fileprivate var total: Float { sumOfLanes(low + high) }
}
