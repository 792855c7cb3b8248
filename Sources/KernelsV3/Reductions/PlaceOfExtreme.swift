// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Where each row's largest or smallest element is; the first of equal ones, and a NaN before all.
func placeOfExtreme(
  _ largest: Bool, _ x: Floats, _ rowStride: Int, _ columns: Int, _ places: UnsafeMutablePointer<Int64>,
  _ firstRow: Int, _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let run = x + row * rowStride
    let extreme = reduceLargeOrSmall(largest, run, columns)
    var place = 0
    while place < columns - 1, run[place] != extreme, !(extreme.isNaN && run[place].isNaN) { place += 1 }
    places[row] = Int64(place)
  }
}

private func reduceLargeOrSmall(_ largest: Bool, _ x: Floats, _ count: Int) -> Float {
  var extreme: Float = 0
  reduceRows(largest ? .maximum : .minimum, x, 0, count, &extreme, 0, 1)
  return extreme
}
