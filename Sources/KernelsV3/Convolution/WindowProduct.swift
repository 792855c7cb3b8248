// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Windows that are computed together: what they read and write stays in the second cache.
private let windowsOfBlock = 512
/// Depth walked before the next tile: a panel's part of that depth stays in the first cache.
private let depthOfBlock = 256

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

  /// Computes the windows of so many images.
  func multiply(_ input: Floats, _ panels: Floats, _ output: MutableFloats, _ images: Int) {
    let height = MatrixTile.rows
    let places = UnsafeMutableRawPointer(threadScratch()).bindMemory(
      to: Int.self, capacity: (windowsOfBlock + height) * 2)
    let (inputs, outputs) = (places, places + windowsOfBlock + height)
    let count = images * rows * columns
    var first = 0
    while first < count {
      let part = min(windowsOfBlock, count - first)
      fillPlaces(first, part, inputs, outputs)
      multiplyBlock(input, panels, output, part, inputs, outputs)
      first += part
    }
  }

  /// Where the windows from `first` on lie, counted through all images; the last is repeated to fill up a tile.
  private func fillPlaces(
    _ first: Int, _ count: Int, _ inputs: UnsafeMutablePointer<Int>, _ outputs: UnsafeMutablePointer<Int>
  ) {
    var walk = GridWalk(first, rows, columns)
    for i in 0..<count {
      inputs[i] = walk.image * inputImageStep + walk.row * inputRowStep + walk.column * inputColumnStep
      outputs[i] = walk.image * outputImageStep + walk.row * outputRowStep + walk.column * outputColumnStep
      walk.advance()
    }
    for i in count..<count + MatrixTile.rows {
      inputs[i] = inputs[count - 1]
      outputs[i] = outputs[count - 1]
    }
  }

  private func multiplyBlock(
    _ input: Floats, _ panels: Floats, _ output: MutableFloats, _ count: Int, _ inputs: UnsafePointer<Int>,
    _ outputs: UnsafePointer<Int>
  ) {
    let width = MatrixTile.columns
    let depth = runs * runLength
    let runsAtOnce = max(1, depthOfBlock / max(runLength, 1))
    for panel in 0..<(channels + width - 1) / width {
      let columns = min(width, channels - panel * width)
      var run = 0
      repeat {
        let part = WindowPart(runs: min(runsAtOnce, runs - run), runLength: runLength, runStep: runStep, adds: run > 0)
        let right = panels + (panel * depth + run * runLength) * width
        var i = 0
        while i < count {
          let edge = TileEdge(rows: min(MatrixTile.rows, count - i), columns: columns)
          part.multiply(input + run * runStep, inputs + i, right, output + panel * width, outputs + i, edge)
          i += MatrixTile.rows
        }
        run += runsAtOnce
      } while run < runs
    }
  }
}

/// Some runs of a window.
private struct WindowPart {
  let runs, runLength, runStep: Int
  /// Whether earlier runs left sums in the output.
  let adds: Bool

  @inline(__always)
  func multiply(
    _ left: Floats, _ inputs: UnsafePointer<Int>, _ right: Floats, _ output: MutableFloats,
    _ outputs: UnsafePointer<Int>, _ edge: TileEdge
  ) {
    if edge.rows == MatrixTile.rows && edge.columns == MatrixTile.columns {
      multiplyTile(left, inputs, right, output, outputs)
    } else {
      multiplyEdge(left, inputs, right, output, outputs, edge)
    }
  }

  /// A whole tile.
  @inline(never)
  private func multiplyTile(
    _ left: Floats, _ inputs: UnsafePointer<Int>, _ right: Floats, _ output: MutableFloats,
    _ outputs: UnsafePointer<Int>
  ) {
    var tile = MatrixTile()
    if adds { tile.take(from: output, at: outputs) }
    add(to: &tile, TilePointers(left, inputs), right)
    tile.put(into: output, at: outputs)
  }

  /// A tile that is not whole, by way of one that is.
  @inline(never)
  private func multiplyEdge(
    _ left: Floats, _ inputs: UnsafePointer<Int>, _ right: Floats, _ output: MutableFloats,
    _ outputs: UnsafePointer<Int>, _ edge: TileEdge
  ) {
    var tile = MatrixTile()
    withUnsafeMutablePointer(to: &tile) { tile in
      let memory = UnsafeMutableRawPointer(tile).assumingMemoryBound(to: Float.self)
      if adds { edge.take(output, outputs, memory) }
      add(to: &tile.pointee, TilePointers(left, inputs), right)
      edge.put(memory, output, outputs)
    }
  }

  @inline(__always)
  private func add(to tile: inout MatrixTile, _ left: TilePointers, _ right: Floats) {
    var right = right
    for run in 0..<runs {
      tile.add(depth: runLength, left: left, from: run * runStep, right: right)
      right += runLength * MatrixTile.columns
    }
  }
}
