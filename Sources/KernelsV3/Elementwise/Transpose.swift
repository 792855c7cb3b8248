// SPDX-License-Identifier: Apache-2.0
import CProcessor

#if KERNELS_V4 || KERNELS_V3
  /// A row of a block that is transposed in registers.
  ///
  /// Eight even where registers hold sixteen: narrow shuffles are as fast, and eight lines of memory fit in one set of
  /// the first cache.
  typealias BlockRow = SIMD8<Float>
#else
  /// A row of a block that is transposed in registers.
  typealias BlockRow = SIMD4<Float>
#endif

/// Rows and columns of such a block.
@inline(__always) var blockEdge: Int { BlockRow.scalarCount }

/// Rows and columns that are transposed together: whole lines of the cache are read once, and written soon.
private let rowsTogether = 32
private let columnsTogether = 16

/// target[c, r] = source[r, c] for rows in a range: square blocks, then the edges.
func transpose(
  _ source: Floats, _ rowStride: Int, _ columns: Int, _ target: MutableFloats, _ targetStride: Int, _ firstRow: Int,
  _ endRow: Int
) {
  let wholeRows = firstRow + max(endRow - firstRow, 0) / blockEdge * blockEdge
  let wholeColumns = columns / blockEdge * blockEdge
  var row = firstRow
  while row < wholeRows {
    let rowEnd = min(row + rowsTogether, wholeRows)
    var column = 0
    while column < wholeColumns {
      let columnEnd = min(column + columnsTogether, wholeColumns)
      transposeBlocks(source, rowStride, target, targetStride, row..<rowEnd, column..<columnEnd)
      column = columnEnd
    }
    row = rowEnd
  }
  for row in firstRow..<max(firstRow, endRow) {
    let rest = row < wholeRows ? wholeColumns : 0
    for column in rest..<columns { target[column * targetStride + row] = source[row * rowStride + column] }
  }
}

@inline(__always)
private func transposeBlocks(
  _ source: Floats, _ rowStride: Int, _ target: MutableFloats, _ targetStride: Int, _ rows: Range<Int>,
  _ columns: Range<Int>
) {
  var row = rows.lowerBound
  while row < rows.upperBound {
    prefetchRows(source + row * rowStride + columns.lowerBound + prefetchDistance, rowStride)
    var column = columns.lowerBound
    while column < columns.upperBound {
      transposeBlock(
        source + row * rowStride + column, rowStride, target + column * targetStride + row, targetStride)
      column += blockEdge
    }
    row += blockEdge
  }
}

/// How far ahead lines are fetched: so many rows are walked at once that the processor does not follow them by itself.
private let prefetchDistance = 64

/// Fetches a line of each row of a block.
@inline(__always) private func prefetchRows(_ source: Floats, _ rowStride: Int) {
  for row in 0..<blockEdge { processorPrefetch(source + row * rowStride) }
}

/// Transposes one block in registers.
@inline(__always)
func transposeBlock(_ source: Floats, _ stride: Int, _ target: MutableFloats, _ targetStride: Int) {
  // Four rows at a time are transposed inside their lanes of four floats: lane j then holds columns 4 j ..< 4 j + 4.
  let a = FourRows(source, stride).transposedInLanes()
  #if KERNELS_V4 || KERNELS_V3
    let b = FourRows(source + 4 * stride, stride).transposedInLanes()
    // Downwards: a caller may let a row's end be overwritten by the next.
    storeRow(lowLanes(a.row0, b.row0), target)
    storeRow(lowLanes(a.row1, b.row1), target + targetStride)
    storeRow(lowLanes(a.row2, b.row2), target + 2 * targetStride)
    storeRow(lowLanes(a.row3, b.row3), target + 3 * targetStride)
    storeRow(highLanes(a.row0, b.row0), target + 4 * targetStride)
    storeRow(highLanes(a.row1, b.row1), target + 5 * targetStride)
    storeRow(highLanes(a.row2, b.row2), target + 6 * targetStride)
    storeRow(highLanes(a.row3, b.row3), target + 7 * targetStride)
  #else
    storeRow(a.row0, target)
    storeRow(a.row1, target + targetStride)
    storeRow(a.row2, target + 2 * targetStride)
    storeRow(a.row3, target + 3 * targetStride)
  #endif
}

@inline(__always) func storeRow(_ value: BlockRow, _ address: MutableFloats) {
  UnsafeMutableRawPointer(address).storeBytes(of: value, as: BlockRow.self)
}

@inline(__always) func loadRow(_ address: Floats) -> BlockRow {
  UnsafeRawPointer(address).loadUnaligned(as: BlockRow.self)
}

private struct FourRows {
  let row0, row1, row2, row3: BlockRow

  @inline(__always) init(_ source: Floats, _ stride: Int) {
    row0 = loadRow(source)
    row1 = loadRow(source + stride)
    row2 = loadRow(source + 2 * stride)
    row3 = loadRow(source + 3 * stride)
  }

  @inline(__always) init(_ row0: BlockRow, _ row1: BlockRow, _ row2: BlockRow, _ row3: BlockRow) {
    (self.row0, self.row1, self.row2, self.row3) = (row0, row1, row2, row3)
  }

  /// Transposes each lane of 4 x 4 floats: the processor shuffles within lanes of 128 bits.
  @inline(__always) func transposedInLanes() -> FourRows {
    let p = interleavedLow(row0, row2)
    let q = interleavedHigh(row0, row2)
    let r = interleavedLow(row1, row3)
    let s = interleavedHigh(row1, row3)
    return FourRows(interleavedLow(p, r), interleavedHigh(p, r), interleavedLow(q, s), interleavedHigh(q, s))
  }
}
