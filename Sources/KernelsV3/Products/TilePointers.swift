// SPDX-License-Identifier: Apache-2.0

/// Where the left side's rows of a tile lie, each a run of its own: for sides that are not packed.
struct TilePointers {
  let row0, row1, row2, row3: Floats
  #if KERNELS_V4 || KERNELS_V3
    let row4, row5: Floats
  #endif
  #if KERNELS_V4
    let row6, row7: Floats
  #endif

  /// Rows at offsets from an address, as many as a tile has.
  @inline(__always) init(_ base: Floats, _ offsets: UnsafePointer<Int>) {
    row0 = base + offsets[0]
    row1 = base + offsets[1]
    row2 = base + offsets[2]
    row3 = base + offsets[3]
    #if KERNELS_V4 || KERNELS_V3
      row4 = base + offsets[4]
      row5 = base + offsets[5]
    #endif
    #if KERNELS_V4
      row6 = base + offsets[6]
      row7 = base + offsets[7]
    #endif
  }
}

extension MatrixTile {
  /// Adds the products of one place of the depth: a number of each left row times two vectors.
  @inline(__always) mutating func add(_ left: TilePointers, _ place: Int, _ low: Vector, _ high: Vector) {
    row0.add(left.row0[place], low, high)
    row1.add(left.row1[place], low, high)
    row2.add(left.row2[place], low, high)
    row3.add(left.row3[place], low, high)
    #if KERNELS_V4 || KERNELS_V3
      row4.add(left.row4[place], low, high)
      row5.add(left.row5[place], low, high)
    #endif
    #if KERNELS_V4
      row6.add(left.row6[place], low, high)
      row7.add(left.row7[place], low, high)
    #endif
  }

  /// Walks a run of the depth in each left row, from a place on; right [depth, columns], packed.
  @inline(__always) mutating func add(depth: Int, left: TilePointers, from start: Int, right: Floats) {
    var right = right
    for place in start..<start + depth {
      add(left, place, load(right), load(right + lanes))
      right += Self.columns
    }
  }

  /// Walks places that lie at given offsets in each left row; right [places, columns], packed.
  @inline(__always)
  mutating func add(places: UnsafePointer<Int>, count: Int, left: TilePointers, right: Floats) {
    var right = right
    for i in 0..<count {
      add(left, places[i], load(right), load(right + lanes))
      right += Self.columns
    }
  }

  /// Takes up rows that lie at offsets from an address; all columns.
  @inline(__always) mutating func take(from output: Floats, at offsets: UnsafePointer<Int>) {
    row0 = TileRow(output + offsets[0])
    row1 = TileRow(output + offsets[1])
    row2 = TileRow(output + offsets[2])
    row3 = TileRow(output + offsets[3])
    #if KERNELS_V4 || KERNELS_V3
      row4 = TileRow(output + offsets[4])
      row5 = TileRow(output + offsets[5])
    #endif
    #if KERNELS_V4
      row6 = TileRow(output + offsets[6])
      row7 = TileRow(output + offsets[7])
    #endif
  }

  /// Writes rows to offsets from an address; all columns.
  @inline(__always) func put(into output: MutableFloats, at offsets: UnsafePointer<Int>) {
    row0.stored(at: output + offsets[0])
    row1.stored(at: output + offsets[1])
    row2.stored(at: output + offsets[2])
    row3.stored(at: output + offsets[3])
    #if KERNELS_V4 || KERNELS_V3
      row4.stored(at: output + offsets[4])
      row5.stored(at: output + offsets[5])
    #endif
    #if KERNELS_V4
      row6.stored(at: output + offsets[6])
      row7.stored(at: output + offsets[7])
    #endif
  }
}

/// Copies the first rows and columns between a whole tile in memory and places in an output.
struct TileEdge {
  let rows, columns: Int

  /// From the output into the tile's memory.
  func take(_ output: Floats, _ offsets: UnsafePointer<Int>, _ tile: MutableFloats) {
    for row in 0..<rows { copy(output + offsets[row], tile + row * MatrixTile.columns) }
  }

  /// From the tile's memory into the output.
  func put(_ tile: Floats, _ output: MutableFloats, _ offsets: UnsafePointer<Int>) {
    for row in 0..<rows { copy(tile + row * MatrixTile.columns, output + offsets[row]) }
  }

  @inline(__always) private func copy(_ source: Floats, _ target: MutableFloats) {
    let low = min(columns, lanes)
    store(load(source, count: low), target, count: low)
    if columns > lanes {
      store(load(source + lanes, count: columns - lanes), target + lanes, count: columns - lanes)
    }
  }
}
