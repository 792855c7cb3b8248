// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Sums of a block of the output as dot products: two left rows with several right columns, all runs of the depth.
///
/// Nothing is packed or transposed; the price is that the lanes of each sum are added up at the end.
struct DotTile {
  #if KERNELS_V4
    static let columns = 8
  #else
    static let columns = 4
  #endif

  /// The sums of the first left row, and of the second.
  private var first = DotRow()
  private var second = DotRow()

  /// Walks the depth of two rows and as many columns.
  @inline(__always)
  mutating func add(depth: Int, _ row0: Floats, _ row1: Floats, _ columns: DotColumns) {
    var k = 0
    while k + lanes <= depth {
      add(columns, k, lanes, load(row0 + k), load(row1 + k))
      k += lanes
    }
    if k < depth {
      let count = depth - k
      add(columns, k, count, load(row0 + k, count: count), load(row1 + k, count: count))
    }
  }

  @inline(__always)
  private mutating func add(_ columns: DotColumns, _ k: Int, _ count: Int, _ a: Vector, _ b: Vector) {
    add(load(columns.column0 + k, count: count), a, b, &first.sum0, &second.sum0)
    add(load(columns.column1 + k, count: count), a, b, &first.sum1, &second.sum1)
    add(load(columns.column2 + k, count: count), a, b, &first.sum2, &second.sum2)
    add(load(columns.column3 + k, count: count), a, b, &first.sum3, &second.sum3)
    #if KERNELS_V4
      add(load(columns.column4 + k, count: count), a, b, &first.sum4, &second.sum4)
      add(load(columns.column5 + k, count: count), a, b, &first.sum5, &second.sum5)
      add(load(columns.column6 + k, count: count), a, b, &first.sum6, &second.sum6)
      add(load(columns.column7 + k, count: count), a, b, &first.sum7, &second.sum7)
    #endif
  }

  @inline(__always)
  private func add(_ column: Vector, _ a: Vector, _ b: Vector, _ first: inout Vector, _ second: inout Vector) {
    first = multiplyAdd(a, column, first)
    second = multiplyAdd(b, column, second)
  }

  /// The sums of the first row, one a column.
  @inline(__always) var firstTotals: DotTotals { first.totals }
  /// The sums of the second row.
  @inline(__always) var secondTotals: DotTotals { second.totals }
}

#if KERNELS_V4
  typealias DotTotals = SIMD8<Float>
#else
  typealias DotTotals = SIMD4<Float>
#endif

/// Where the columns of a tile lie, each a run of the depth.
struct DotColumns {
  let column0, column1, column2, column3: Floats
  #if KERNELS_V4
    let column4, column5, column6, column7: Floats
  #endif

  /// So many columns, the last repeated to fill up a tile.
  @inline(__always) init(_ base: Floats, _ stride: Int, _ count: Int) {
    let last = count - 1
    column0 = base
    column1 = base + min(1, last) * stride
    column2 = base + min(2, last) * stride
    column3 = base + min(3, last) * stride
    #if KERNELS_V4
      column4 = base + min(4, last) * stride
      column5 = base + min(5, last) * stride
      column6 = base + min(6, last) * stride
      column7 = base + min(7, last) * stride
    #endif
  }
}

/// The sums of one row with each column, still spread over the lanes of vectors.
private struct DotRow {
  var sum0 = Vector.zero
  var sum1 = Vector.zero
  var sum2 = Vector.zero
  var sum3 = Vector.zero
  #if KERNELS_V4
    var sum4 = Vector.zero
    var sum5 = Vector.zero
    var sum6 = Vector.zero
    var sum7 = Vector.zero
  #endif

  /// All lanes of each sum added up.
  @inline(__always) var totals: DotTotals {
    // Pairs of vectors are added crosswise within their lanes of four, until a vector holds four sums in each lane.
    let low = foldedInLanes(sum0, sum1, sum2, sum3)
    #if KERNELS_V4
      let high = foldedInLanes(sum4, sum5, sum6, sum7)
      let a = unsafeBitCast(low, to: (SIMD8<Float>, SIMD8<Float>).self)
      let b = unsafeBitCast(high, to: (SIMD8<Float>, SIMD8<Float>).self)
      return foldedHalves(a.0 + a.1, b.0 + b.1)
    #elseif KERNELS_V3
      let halves = unsafeBitCast(low, to: (SIMD4<Float>, SIMD4<Float>).self)
      return halves.0 + halves.1
    #else
      return low
    #endif
  }
}
