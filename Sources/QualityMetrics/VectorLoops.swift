// SPDX-License-Identifier: Apache-2.0

// The two loops that everything over pairs of vectors consists of: eight sums side by side, so that they can be added
// in parallel, in an order that is always the same.

/// Σ a · b over `width` elements from the given places, which the caller has checked.
func dotProduct(
  _ a: UnsafeBufferPointer<Float>, _ first: Int, _ b: UnsafeBufferPointer<Float>, _ second: Int, _ width: Int
) -> Float {
  var sums = SIMD8<Float>()
  var index = 0
  while index + 8 <= width {
    sums += eight(a, first + index) * eight(b, second + index)
    index += 8
  }
  var rest: Float = 0
  while index < width {
    rest += a[first + index] * b[second + index]
    index += 1
  }
  return sums.sum() + rest
}

/// Σ (a − b)² over `width` elements from the given places, which the caller has checked.
func squaredDistance(
  _ a: UnsafeBufferPointer<Float>, _ first: Int, _ b: UnsafeBufferPointer<Float>, _ second: Int, _ width: Int
) -> Float {
  var sums = SIMD8<Float>()
  var index = 0
  while index + 8 <= width {
    let difference = eight(a, first + index) - eight(b, second + index)
    sums += difference * difference
    index += 8
  }
  var rest: Float = 0
  while index < width {
    let difference = a[first + index] - b[second + index]
    rest += difference * difference
    index += 1
  }
  return sums.sum() + rest
}

private func eight(_ buffer: UnsafeBufferPointer<Float>, _ start: Int) -> SIMD8<Float> {
  UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Float>.self)
}

/// All squared distances from vectors of one set (rows) to those of another (columns), row by row.
func squaredDistances(from rows: Range<Int>, of left: Features, to right: Features) -> [Float] {
  let width = left.width
  return [Float](unsafeUninitializedCapacity: rows.count * right.count) { out, filled in
    left.values.withUnsafeBufferPointer { a in
      right.values.withUnsafeBufferPointer { b in
        var place = 0
        for row in rows {
          for column in 0..<right.count {
            out[place] = squaredDistance(a, row * width, b, column * width, width)
            place += 1
          }
        }
      }
    }
    filled = rows.count * right.count
  }
}

/// Calls `body` for each vector of `left` with its squared distances to all of `right`, a few hundred rows at a time.
func forEachRow(
  of left: Features, distancesTo right: Features, _ body: (_ row: Int, _ distances: ArraySlice<Float>) -> Void
) {
  let block = max(1, min(256, (1 << 22) / max(right.count, 1)))
  for start in stride(from: 0, to: left.count, by: block) {
    let rows = start..<min(start + block, left.count)
    let distances = squaredDistances(from: rows, of: left, to: right)
    for row in rows {
      let place = (row - start) * right.count
      body(row, distances[place..<place + right.count])
    }
  }
}
