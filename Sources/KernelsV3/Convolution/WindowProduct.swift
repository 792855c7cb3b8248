// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Windows that are computed together: what they read and write stays in the second cache.
private let windowsOfBlock = 512

/// A grid of windows over bordered images, each multiplied by the same packed matrix.
///
/// A window is a few runs (rows of the kernel), each contiguous because channels are innermost; so the product needs no
/// copy of the patches. Its sums go to a grid of places in the output, channels innermost.
struct WindowProduct {
  /// The grid in each image.
  var rows, columns: Int
  /// How far a window moves from image to image, row to row and column to column.
  var inputImageStep, inputRowStep, inputColumnStep: Int
  /// How far the result moves likewise.
  var outputImageStep, outputRowStep, outputColumnStep: Int
  /// The window: so many runs of such a length, so far apart.
  var runs, runLength, runStep: Int
  /// Numbers in a result.
  var channels: Int

  /// Computes the windows of images in a range, from addresses of image 0.
  func multiply(_ input: Floats, _ panels: Floats, _ output: MutableFloats, _ firstImage: Int, _ endImage: Int) {
    let height = MatrixTile.rows
    let whole = (windowsOfBlock + height) * 2
    let places = UnsafeMutableRawPointer(threadScratch()).bindMemory(to: Int.self, capacity: whole)
    let inputs = places
    let outputs = places + windowsOfBlock + height
    let count = (endImage - firstImage) * rows * columns
    var first = 0
    while first < count {
      let part = min(windowsOfBlock, count - first)
      fillPlaces(firstImage * rows * columns + first, part, inputs, outputs)
      multiplyBlock(input, panels, output, part, inputs, outputs)
      first += part
    }
  }

  /// Where the windows from `first` on lie, counted through all images; the last is repeated to fill up a tile.
  private func fillPlaces(
    _ first: Int, _ count: Int, _ inputs: UnsafeMutablePointer<Int>, _ outputs: UnsafeMutablePointer<Int>
  ) {
    var image = first / (rows * columns)
    var row = first / columns % rows
    var column = first % columns
    for i in 0..<count + MatrixTile.rows {
      if i >= count {
        inputs[i] = inputs[i - 1]
        outputs[i] = outputs[i - 1]
        continue
      }
      inputs[i] = image * inputImageStep + row * inputRowStep + column * inputColumnStep
      outputs[i] = image * outputImageStep + row * outputRowStep + column * outputColumnStep
      column += 1
      if column == columns {
        column = 0
        row += 1
        if row == rows {
          row = 0
          image += 1
        }
      }
    }
  }

  private func multiplyBlock(
    _ input: Floats, _ panels: Floats, _ output: MutableFloats, _ count: Int, _ inputs: UnsafePointer<Int>,
    _ outputs: UnsafePointer<Int>
  ) {
    let width = MatrixTile.columns
    let depth = runs * runLength
    for panel in 0..<(channels + width - 1) / width {
      let columns = min(width, channels - panel * width)
      for run in 0..<max(runs, 1) {
        let right = panels + (panel * depth + run * runLength) * width
        let left = input + run * runStep
        var i = 0
        while i < count {
          let edge = TileEdge(rows: min(MatrixTile.rows, count - i), columns: columns)
          if edge.rows == MatrixTile.rows && columns == width {
            tile(run > 0, left, inputs + i, right, output + panel * width, outputs + i)
          } else {
            edgeTile(run > 0, left, inputs + i, right, output + panel * width, outputs + i, edge)
          }
          i += MatrixTile.rows
        }
      }
    }
  }

  /// One run of a whole tile.
  @inline(never)
  private func tile(
    _ adds: Bool, _ left: Floats, _ inputs: UnsafePointer<Int>, _ right: Floats, _ output: MutableFloats,
    _ outputs: UnsafePointer<Int>
  ) {
    var tile = MatrixTile()
    if adds { tile.take(from: output, at: outputs) }
    tile.add(depth: runs == 0 ? 0 : runLength, left: TilePointers(left, inputs), right: right)
    tile.put(into: output, at: outputs)
  }

  /// One run of a tile that is not whole, by way of one that is.
  @inline(never)
  private func edgeTile(
    _ adds: Bool, _ left: Floats, _ inputs: UnsafePointer<Int>, _ right: Floats, _ output: MutableFloats,
    _ outputs: UnsafePointer<Int>, _ edge: TileEdge
  ) {
    var tile = MatrixTile()
    withUnsafeMutablePointer(to: &tile) { tile in
      let memory = UnsafeMutableRawPointer(tile).assumingMemoryBound(to: Float.self)
      if adds { edge.take(output, outputs, memory) }
      tile.pointee.add(depth: runs == 0 ? 0 : runLength, left: TilePointers(left, inputs), right: right)
      edge.put(memory, output, outputs)
    }
  }
}
