// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The weight's gradient as a product: rows are the window's numbers (kernel row, kernel column, channel), columns are
/// maps, and the depth is all places of all images.
private struct Correlation {
  let s: ConvolutionShape
  let bordered: BorderedImages

  init(_ shape: UnsafePointer<ConvolutionShape>) {
    s = shape.pointee
    bordered = borderedImages(s)
  }

  /// Numbers of a window.
  var rows: Int { s.kernelHeight * s.kernelWidth * s.channels }
  var rowTiles: Int { (rows + MatrixTile.rows - 1) / MatrixTile.rows }
  var panels: Int { (s.maps + MatrixTile.columns - 1) / MatrixTile.columns }
  /// Places of an image.
  var places: Int { s.rows * s.columns }
  /// Row tiles that make a part: few windows' numbers, as those of one channel, are still work for several threads.
  var tilesOfPart: Int { min(4, max(1, rowTiles / 4)) }
  /// Maps filled up to whole panels.
  var width: Int { panels * MatrixTile.columns }
}

/// What `prepareCorrelation` and `correlate` need.
func weightBuffers(_ shape: UnsafePointer<ConvolutionShape>) -> ConvolutionBuffers {
  let c = Correlation(shape)
  return ConvolutionBuffers(
    weight: c.rowTiles * MatrixTile.rows * c.width, input: c.s.batch * c.bordered.floatsOfImage,
    output: c.s.batch * c.places * c.width)
}

/// Parts that `correlate` can be cut into: a few row tiles each.
func correlationParts(_ shape: UnsafePointer<ConvolutionShape>) -> Int {
  let c = Correlation(shape)
  return (c.rowTiles + c.tilesOfPart - 1) / c.tilesOfPart
}

/// Borders the images, and packs the maps into panels [panel, image, place, map].
func prepareCorrelation(
  _ shape: UnsafePointer<ConvolutionShape>, _ image: Floats, _ map: Floats, _ inputBuffer: MutableFloats,
  _ outputBuffer: MutableFloats, _ firstImage: Int, _ endImage: Int
) {
  let c = Correlation(shape)
  let size = c.s.channels * c.s.height * c.s.width
  c.bordered.fill(
    image + firstImage * size, inputBuffer + firstImage * c.bordered.floatsOfImage, endImage - firstImage)
  let width = MatrixTile.columns
  for image in firstImage..<max(firstImage, endImage) {
    for panel in 0..<c.panels {
      // The maps of a panel are a matrix whose depth is the places.
      let maps = map + image * c.s.maps * c.places
      let target = outputBuffer + (panel * c.s.batch + image) * c.places * width
      let count = c.s.maps - panel * width
      if c.s.hasPixels.map {
        packPanels(maps + panel * width, c.s.maps, 1, c.places, count, target, 0, 1)
      } else {
        packPanels(maps + panel * width * c.places, 1, c.places, c.places, count, target, 0, 1)
      }
    }
  }
}

/// Places that are added together: what they stand for stays in the second cache.
private let placesOfGroup = 256

/// Sums [window's numbers, maps] for parts in a range, group of places after group.
func correlate(
  _ shape: UnsafePointer<ConvolutionShape>, _ inputBuffer: Floats, _ outputBuffer: Floats, _ sums: MutableFloats,
  _ firstPart: Int, _ endPart: Int
) {
  let c = Correlation(shape)
  let tiles = firstPart * c.tilesOfPart..<max(firstPart * c.tilesOfPart, min(endPart * c.tilesOfPart, c.rowTiles))
  let numbers = tiles.count * MatrixTile.rows * c.width
  zero(sums + tiles.lowerBound * MatrixTile.rows * c.width, numbers)
  let all = c.s.batch * c.places
  var first = 0
  while first < all {
    let count = min(placesOfGroup, all - first)
    c.add(inputBuffer, outputBuffer + first * MatrixTile.columns, sums, tiles, first, count)
    first += count
  }
}

extension Correlation {
  /// Adds the products at a group of places to the sums of some tiles.
  fileprivate func add(
    _ input: Floats, _ maps: Floats, _ sums: MutableFloats, _ tiles: Range<Int>, _ first: Int, _ count: Int
  ) {
    let capacity = placesOfGroup + MatrixTile.rows
    let places = UnsafeMutableRawPointer(threadScratch()).bindMemory(to: Int.self, capacity: capacity)
    fillPlaces(first, count, places)
    let offsets = places + placesOfGroup
    for panel in 0..<panels {
      let right = maps + panel * s.batch * self.places * MatrixTile.columns
      for tile in tiles {
        fillOffsets(tile * MatrixTile.rows, offsets)
        let output = sums + tile * MatrixTile.rows * width + panel * MatrixTile.columns
        addTile(places, count, TilePointers(input, offsets), right, output)
      }
    }
  }

  @inline(never)
  private func addTile(
    _ places: UnsafePointer<Int>, _ count: Int, _ left: TilePointers, _ right: Floats, _ output: MutableFloats
  ) {
    var tile = MatrixTile()
    tile.take(from: output, rowStride: width)
    tile.add(places: places, count: count, left: left, right: right)
    tile.put(into: output, rowStride: width)
  }

  /// Where the windows at places lie, counted through all images.
  private func fillPlaces(_ first: Int, _ count: Int, _ places: UnsafeMutablePointer<Int>) {
    var walk = GridWalk(first, s.rows, s.columns)
    for i in 0..<count {
      let corner = walk.row * bordered.floatsOfRow + walk.column * s.channels
      places[i] = walk.image * bordered.floatsOfImage + s.stride * corner
      walk.advance()
    }
  }

  /// Where the numbers of a tile's rows lie in a window; the last is repeated to fill up the tile.
  private func fillOffsets(_ first: Int, _ offsets: UnsafeMutablePointer<Int>) {
    let run = s.kernelWidth * s.channels
    var line = first / run
    var place = first % run
    for i in 0..<MatrixTile.rows {
      if first + i >= rows {
        offsets[i] = offsets[i - 1]
        continue
      }
      offsets[i] = line * bordered.floatsOfRow + place
      place += 1
      if place == run {
        place = 0
        line += 1
      }
    }
  }
}

/// The gradient [map, channel, kernel row, kernel column] from the sums; maps in a range.
func unpackWeightGradient(
  _ shape: UnsafePointer<ConvolutionShape>, _ sums: Floats, _ gradient: MutableFloats, _ firstMap: Int, _ endMap: Int
) {
  let c = Correlation(shape)
  let taps = c.s.kernelHeight * c.s.kernelWidth
  let target = c.s.channels * taps
  guard firstMap < endMap else { return }
  for channel in 0..<c.s.channels {
    // For a channel, the sums [tap, map] become [map, tap].
    transpose(
      sums + channel * c.width + firstMap, c.s.channels * c.width, endMap - firstMap,
      gradient + firstMap * target + channel * taps, target, 0, taps)
  }
}
