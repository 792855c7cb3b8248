// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// One row of a tile: two vectors of sums.
struct TileRow {
  var low = Vector.zero
  var high = Vector.zero

  /// Adds left * right.
  @inline(__always) mutating func add(_ left: Float, _ rightLow: Vector, _ rightHigh: Vector) {
    let left = splat(left)
    low = multiplyAdd(left, rightLow, low)
    high = multiplyAdd(left, rightHigh, high)
  }

  /// Loads what the output holds.
  @inline(__always) init(_ address: Floats) {
    low = load(address)
    high = load(address + lanes)
  }

  @inline(__always) init() {}

  @inline(__always) func stored(at address: MutableFloats) {
    store(low, address)
    store(high, address + lanes)
  }
}

/// Sums of a block of the output, held in registers while the depth is walked.
///
/// As many rows as the level's registers allow beside two vectors of the right side: 8 of 32 (AVX-512), 6 of 16 (AVX2),
/// 4 of 16 (SSE2, where products need a register too).
struct MatrixTile {
  #if KERNELS_V4
    static let rows = 8
  #elseif KERNELS_V3
    static let rows = 6
  #else
    static let rows = 4
  #endif
  @inline(__always) static var columns: Int { 2 * lanes }
  /// How many rows of the right side are fetched ahead.
  private static let rowsAhead = 24

  var row0 = TileRow()
  var row1 = TileRow()
  var row2 = TileRow()
  var row3 = TileRow()
  #if KERNELS_V4 || KERNELS_V3
    var row4 = TileRow()
    var row5 = TileRow()
  #endif
  #if KERNELS_V4
    var row6 = TileRow()
    var row7 = TileRow()
  #endif

  /// Walks the depth: left [depth, rows] packed, right [depth, columns] with rows `rightStep` apart.
  @inline(__always) mutating func add(depth: Int, left: Floats, right: Floats, rightStep: Int) {
    var left = left
    var right = right
    for _ in 0..<depth {
      // Rows far apart: the processor does not follow them by itself.
      processorPrefetch(right + Self.rowsAhead * rightStep)
      processorPrefetch(right + Self.rowsAhead * rightStep + lanes)
      let low = load(right)
      let high = load(right + lanes)
      row0.add(left[0], low, high)
      row1.add(left[1], low, high)
      row2.add(left[2], low, high)
      row3.add(left[3], low, high)
      #if KERNELS_V4 || KERNELS_V3
        row4.add(left[4], low, high)
        row5.add(left[5], low, high)
      #endif
      #if KERNELS_V4
        row6.add(left[6], low, high)
        row7.add(left[7], low, high)
      #endif
      left += Self.rows
      right += rightStep
    }
  }

  /// Takes up what a whole tile of the output holds.
  @inline(__always) mutating func take(from output: Floats, rowStride: Int) {
    row0 = TileRow(output)
    row1 = TileRow(output + rowStride)
    row2 = TileRow(output + 2 * rowStride)
    row3 = TileRow(output + 3 * rowStride)
    #if KERNELS_V4 || KERNELS_V3
      row4 = TileRow(output + 4 * rowStride)
      row5 = TileRow(output + 5 * rowStride)
    #endif
    #if KERNELS_V4
      row6 = TileRow(output + 6 * rowStride)
      row7 = TileRow(output + 7 * rowStride)
    #endif
  }

  /// Writes a whole tile of the output.
  @inline(__always) func put(into output: MutableFloats, rowStride: Int) {
    row0.stored(at: output)
    row1.stored(at: output + rowStride)
    row2.stored(at: output + 2 * rowStride)
    row3.stored(at: output + 3 * rowStride)
    #if KERNELS_V4 || KERNELS_V3
      row4.stored(at: output + 4 * rowStride)
      row5.stored(at: output + 5 * rowStride)
    #endif
    #if KERNELS_V4
      row6.stored(at: output + 6 * rowStride)
      row7.stored(at: output + 7 * rowStride)
    #endif
  }
}
