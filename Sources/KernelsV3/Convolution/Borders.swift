// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// One side of a convolution with channels innermost and room for a border of zeros around each image.
struct BorderedImages {
  let channels: Int
  /// The picture's own size.
  let height, width: Int
  /// Zeros before the first row and column.
  let top, left: Int
  /// The size with the border.
  ///
  /// Less than the picture and its border where the kernel never reaches the last rows.
  let fullHeight, fullWidth: Int
  /// Whether the pictures to be filled in have channels innermost already.
  let hasPixels: Bool

  var floatsOfRow: Int { fullWidth * channels }
  var floatsOfImage: Int { fullHeight * floatsOfRow }

  /// Fills images into as many places, with zeros around them.
  func fill(_ images: Floats, _ target: MutableFloats, _ count: Int) {
    for image in 0..<max(count, 0) {
      let from = images + image * channels * height * width
      let to = target + image * floatsOfImage
      let rows = max(0, min(height, fullHeight - top))
      let columns = max(0, min(width, fullWidth - left))
      zero(to, min(top, fullHeight) * floatsOfRow)
      fillRows(from, to, rows, columns)
      let filled = min(top + rows, fullHeight)
      zero(to + filled * floatsOfRow, (fullHeight - filled) * floatsOfRow)
    }
  }

  /// The rows that have a picture in them: as many as fit in the scratch memory are transposed at once.
  private func fillRows(_ image: Floats, _ target: MutableFloats, _ rows: Int, _ columns: Int) {
    if channels == 1 || hasPixels { return placeRows(image, target, 0, rows, columns) }
    let scratch = threadScratch()
    let rowsAtOnce = max(1, threadScratchCount / max(1, width * channels))
    var row = 0
    while row < rows {
      let count = min(rowsAtOnce, rows - row)
      if count * width * channels <= threadScratchCount {
        transpose(image + row * width, height * width, count * width, scratch, channels, 0, channels)
        placeRows(scratch, target, row, count, columns)
      } else {
        fillLongRow(image + row * width, target, row, columns)
      }
      row += count
    }
  }

  /// Puts rows with channels innermost between their left and right borders.
  private func placeRows(_ source: Floats, _ target: MutableFloats, _ first: Int, _ count: Int, _ columns: Int) {
    for row in 0..<count {
      let line = target + (top + first + row) * floatsOfRow
      let start = min(left, fullWidth) * channels
      zero(line, start)
      mapVectors(source + row * width * channels, line + start, 0, columns * channels) { $0 }
      zero(line + start + columns * channels, floatsOfRow - start - columns * channels)
    }
  }

  /// A row too long for the scratch memory.
  private func fillLongRow(_ source: Floats, _ target: MutableFloats, _ row: Int, _ columns: Int) {
    let line = target + (top + row) * floatsOfRow
    let start = min(left, fullWidth) * channels
    zero(line, start)
    transpose(source, height * width, columns, line + start, channels, 0, channels)
    zero(line + start + columns * channels, floatsOfRow - start - columns * channels)
  }
}

/// Sets floats to zero.
@inline(__always) func zero(_ target: MutableFloats, _ count: Int) {
  for i in 0..<max(count, 0) { target[i] = 0 }
}
