// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Rows that are added up before their sum is added to the total: short chains of additions lose less.
private let rowsOfChain = 128

/// Reduces each column in a range over all rows.
func reduceColumns(
  _ reduction: KernelReduction, _ x: Floats, _ rowStride: Int, _ rows: Int, _ accumulates: Bool,
  _ output: MutableFloats, _ firstColumn: Int, _ endColumn: Int
) {
  let range = ColumnRange(rowStride: rowStride, rows: rows, first: firstColumn, end: endColumn)
  @inline(__always) func value(_ column: Int, _ place: Int, _ count: Int) -> Vector { load(x + place, count: count) }
  @inline(__always) func squared(_ column: Int, _ place: Int, _ count: Int) -> Vector {
    load(x + place, count: count) * load(x + place, count: count)
  }
  @inline(__always) func positive(_ column: Int, _ place: Int, _ count: Int) -> Vector {
    magnitude(load(x + place, count: count))
  }
  switch reduction {
  case .sum: range.reduce(output, accumulates, 0, of: value, by: add)
  case .sumOfSquares: range.reduce(output, accumulates, 0, of: squared, by: add)
  case .sumOfMagnitudes: range.reduce(output, accumulates, 0, of: positive, by: add)
  case .product: range.reduce(output, false, 1, of: value, by: multiply)
  case .maximum: range.reduce(output, false, -.infinity, of: value, by: larger)
  case .minimum: range.reduce(output, false, .infinity, of: value, by: smaller)
  }
}

/// Sums of products of two matrices, column by column.
func dotColumns(
  _ x: Floats, _ y: Floats, _ rowStride: Int, _ rows: Int, _ output: MutableFloats, _ firstColumn: Int,
  _ endColumn: Int
) {
  @inline(__always) func product(_ column: Int, _ place: Int, _ count: Int) -> Vector {
    load(x + place, count: count) * load(y + place, count: count)
  }
  ColumnRange(rowStride: rowStride, rows: rows, first: firstColumn, end: endColumn)
    .reduce(output, false, 0, of: product, by: add)
}

// Named functions, not closures: the compiler then always puts them into the loop.

@inline(__always) func add(_ a: Vector, _ b: Vector) -> Vector { a + b }
@inline(__always) func multiply(_ a: Vector, _ b: Vector) -> Vector { a * b }

/// Columns of a matrix, walked downwards by vectors.
struct ColumnRange {
  let rowStride: Int
  let rows: Int
  let first: Int
  let end: Int

  /// Four vectors at a time, so that additions overlap; then single ones, then the rest.
  ///
  /// `term` gets a column, the place of its element and how many floats to read there.
  @inline(__always)
  func reduce(
    _ output: MutableFloats, _ accumulates: Bool, _ start: Float, of term: (Int, Int, Int) -> Vector,
    by combine: (Vector, Vector) -> Vector
  ) {
    var column = first
    while column + 4 * lanes <= end {
      reduceFour(column, output, accumulates, start, of: term, by: combine)
      column += 4 * lanes
    }
    while column < end {
      let count = min(lanes, end - column)
      if count == lanes {
        reduceOne(column, lanes, output, accumulates, start, of: term, by: combine)
      } else {
        reduceOne(column, count, output, accumulates, start, of: term, by: combine)
      }
      column += lanes
    }
  }

  @inline(__always)
  private func reduceOne(
    _ column: Int, _ count: Int, _ output: MutableFloats, _ accumulates: Bool, _ start: Float,
    of term: (Int, Int, Int) -> Vector, by combine: (Vector, Vector) -> Vector
  ) {
    var total = accumulates ? load(output + column, count: count) : splat(start)
    var row = 0
    while row < rows {
      let end = min(row + rowsOfChain, rows)
      var chain = splat(start)
      for row in row..<end { chain = combine(chain, term(column, row * rowStride + column, count)) }
      total = combine(total, chain)
      row = end
    }
    store(total, output + column, count: count)
  }

  @inline(__always)
  private func reduceFour(
    _ column: Int, _ output: MutableFloats, _ accumulates: Bool, _ start: Float,
    of term: (Int, Int, Int) -> Vector, by combine: (Vector, Vector) -> Vector
  ) {
    var total = accumulates ? Four(output + column) : Four(splat(start))
    var row = 0
    while row < rows {
      let end = min(row + rowsOfChain, rows)
      var chain = Four(splat(start))
      for row in row..<end {
        let place = row * rowStride + column
        chain.a = combine(chain.a, term(column, place, lanes))
        chain.b = combine(chain.b, term(column + lanes, place + lanes, lanes))
        chain.c = combine(chain.c, term(column + 2 * lanes, place + 2 * lanes, lanes))
        chain.d = combine(chain.d, term(column + 3 * lanes, place + 3 * lanes, lanes))
      }
      total = Four(
        combine(total.a, chain.a), combine(total.b, chain.b), combine(total.c, chain.c), combine(total.d, chain.d))
      row = end
    }
    total.stored(at: output + column)
  }
}

/// Four vectors side by side.
private struct Four {
  var a, b, c, d: Vector

  @inline(__always) init(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  @inline(__always) init(_ value: Vector) { self.init(value, value, value, value) }

  @inline(__always) init(_ address: Floats) {
    self.init(load(address), load(address + lanes), load(address + 2 * lanes), load(address + 3 * lanes))
  }

  @inline(__always) func stored(at address: MutableFloats) {
    store(a, address)
    store(b, address + lanes)
    store(c, address + 2 * lanes)
    store(d, address + 3 * lanes)
  }
}
