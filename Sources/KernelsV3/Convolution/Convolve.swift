// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Images that are worked on together: enough windows for whole tiles, few enough for the second cache.
func imagesAtOnce(_ windows: Int) -> Int {
  var images = 1
  while images * windows < 256 { images *= 2 }
  return images
}

/// The images of a convolution with their border.
func borderedImages(_ s: ConvolutionShape) -> BorderedImages {
  BorderedImages(
    channels: s.channels, height: s.height, width: s.width, top: s.padding, left: s.padding,
    fullHeight: (s.rows - 1) * s.stride + s.kernelHeight, fullWidth: (s.columns - 1) * s.stride + s.kernelWidth,
    hasPixels: s.hasPixels.image)
}

/// What `convolve` needs.
func mapBuffers(_ shape: UnsafePointer<ConvolutionShape>) -> ConvolutionBuffers {
  let s = shape.pointee
  let width = MatrixTile.columns
  return ConvolutionBuffers(
    weight: (s.maps + width - 1) / width * width * s.channels * s.kernelHeight * s.kernelWidth,
    input: s.batch * borderedImages(s).floatsOfImage,
    output: s.hasPixels.map ? 0 : s.batch * s.rows * s.columns * s.maps)
}

/// Packs a weight into panels of maps [kernel row, kernel column, channel, map].
func packMapWeight(
  _ shape: UnsafePointer<ConvolutionShape>, _ weight: Floats, _ packed: MutableFloats, _ firstPanel: Int,
  _ endPanel: Int
) {
  let s = shape.pointee
  let taps = s.kernelHeight * s.kernelWidth
  let width = MatrixTile.columns
  for panel in firstPanel..<max(firstPanel, endPanel) {
    let target = packed + panel * width * taps * s.channels
    let maps = min(width, s.maps - panel * width)
    if maps < width { zero(target, width * taps * s.channels) }
    for channel in 0..<s.channels {
      // For a channel, the weight [map, tap] becomes [tap, map].
      transpose(
        weight + (panel * width * s.channels + channel) * taps, s.channels * taps, taps, target + channel * width,
        s.channels * width, 0, maps)
    }
  }
}

/// From image to map, images in a range.
func convolve(
  _ shape: UnsafePointer<ConvolutionShape>, _ finish: UnsafePointer<ConvolutionFinish>, _ image: Floats,
  _ packed: Floats, _ map: MutableFloats, _ inputBuffer: MutableFloats, _ outputBuffer: MutableFloats,
  _ firstImage: Int, _ endImage: Int
) {
  let s = shape.pointee
  let bordered = borderedImages(s)
  let places = s.rows * s.columns
  let product = WindowProduct(
    rows: s.rows, columns: s.columns, inputImageStep: bordered.floatsOfImage,
    inputRowStep: s.stride * bordered.floatsOfRow, inputColumnStep: s.stride * s.channels,
    outputImageStep: places * s.maps, outputRowStep: s.columns * s.maps, outputColumnStep: s.maps,
    runs: s.kernelHeight, runLength: s.kernelWidth * s.channels, runStep: bordered.floatsOfRow, channels: s.maps)
  let output = FinishedOutput(finish: finish.pointee, channels: s.maps, places: places, hasPixels: s.hasPixels.map)
  // The range's first places in the buffers serve all its images: they stay in the cache.
  let input = inputBuffer + firstImage * bordered.floatsOfImage
  var first = firstImage
  while first < endImage {
    let count = min(imagesAtOnce(places), endImage - first)
    bordered.fill(image + first * s.channels * s.height * s.width, input, count)
    let target = map + first * places * s.maps
    let inner = s.hasPixels.map ? target : outputBuffer + firstImage * places * s.maps
    product.multiply(input, packed, inner, count)
    output.finish(inner, target, count)
    first += count
  }
}
