// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// What reaches the pixels of one residue of a stride, in one direction.
///
/// Pixel q * stride + phase is painted by maps q + first through q + last.
struct Phase {
  /// The smallest tap that falls on these pixels; the others are strides further.
  let tap: Int
  /// How many taps do.
  let taps: Int
  /// The map that the largest tap comes from, for pixel `phase`.
  let first: Int
  /// Pixels of the phase.
  let pixels: Int

  var last: Int { first + taps - 1 }

  init(_ phase: Int, size: Int, kernel: Int, stride: Int, padding: Int) {
    tap = (phase + padding) % stride
    taps = tap < kernel ? (kernel - tap - 1) / stride + 1 : 0
    first = (phase + padding - tap) / stride - max(taps - 1, 0)
    pixels = phase < size ? (size - phase - 1) / stride + 1 : 0
  }
}

/// How the maps of a transposed convolution are laid out, and where the weights of each phase lie.
struct PaintPlan {
  let s: ConvolutionShape

  func vertical(_ phase: Int) -> Phase {
    Phase(phase, size: s.height, kernel: s.kernelHeight, stride: s.stride, padding: s.padding)
  }

  func horizontal(_ phase: Int) -> Phase {
    Phase(phase, size: s.width, kernel: s.kernelWidth, stride: s.stride, padding: s.padding)
  }

  /// Zeros that are needed before the first map row or column.
  private func lead(_ phase: (Int) -> Phase) -> Int {
    var most = 0
    for p in 0..<s.stride where phase(p).pixels > 0 && phase(p).taps > 0 { most = max(most, -phase(p).first) }
    return most
  }

  /// Rows or columns up to the last one read.
  private func extent(_ phase: (Int) -> Phase, _ own: Int) -> Int {
    var most = own
    for p in 0..<s.stride where phase(p).pixels > 0 && phase(p).taps > 0 {
      most = max(most, phase(p).pixels + phase(p).last)
    }
    return most
  }

  var bordered: BorderedImages {
    let (top, left) = (lead(vertical), lead(horizontal))
    return BorderedImages(
      channels: s.maps, height: s.rows, width: s.columns, top: top, left: left,
      fullHeight: top + extent(vertical, s.rows), fullWidth: left + extent(horizontal, s.columns),
      hasPixels: s.hasPixels.map)
  }

  var panels: Int { (s.channels + MatrixTile.columns - 1) / MatrixTile.columns }

  /// Floats of a phase's packed weight.
  func packedCount(_ y: Phase, _ x: Phase) -> Int { panels * MatrixTile.columns * s.maps * y.taps * x.taps }
}

/// Whether `paint` writes images in PyTorch's order only.
func paintsPlanes(_ shape: UnsafePointer<ConvolutionShape>) -> Bool { FewChannelsPaint(s: shape.pointee).isWorthwhile }

/// What `paint` needs.
func imageBuffers(_ shape: UnsafePointer<ConvolutionShape>) -> ConvolutionBuffers {
  let s = shape.pointee
  let few = FewChannelsPaint(s: s)
  if few.isWorthwhile {
    return ConvolutionBuffers(
      weight: few.window * s.maps, input: s.batch * few.inputCount, output: s.batch * few.outputCount)
  }
  let plan = PaintPlan(s: s)
  return ConvolutionBuffers(
    weight: plan.panels * MatrixTile.columns * s.maps * s.kernelHeight * s.kernelWidth,
    input: s.batch * plan.bordered.floatsOfImage,
    output: s.hasPixels.image ? 0 : s.batch * s.height * s.width * s.channels)
}

/// Packs a weight phase by phase, into panels of channels [tap row, tap column, map, channel], taps backwards; maps in
/// a range.
func packImageWeight(
  _ shape: UnsafePointer<ConvolutionShape>, _ weight: Floats, _ packed: MutableFloats, _ firstMap: Int, _ endMap: Int
) {
  let few = FewChannelsPaint(s: shape.pointee)
  if few.isWorthwhile { return mapVectors(weight, packed, firstMap * few.window, endMap * few.window) { $0 } }
  let plan = PaintPlan(s: shape.pointee)
  var target = packed
  for y in 0..<plan.s.stride {
    for x in 0..<plan.s.stride {
      let (vertical, horizontal) = (plan.vertical(y), plan.horizontal(x))
      for map in firstMap..<max(firstMap, endMap) { packPhase(plan, vertical, horizontal, weight, map, target) }
      target += plan.packedCount(vertical, horizontal)
    }
  }
}

/// One map's part of a phase.
private func packPhase(
  _ plan: PaintPlan, _ y: Phase, _ x: Phase, _ weight: Floats, _ map: Int, _ packed: MutableFloats
) {
  let s = plan.s
  let width = MatrixTile.columns
  let area = s.kernelHeight * s.kernelWidth
  for panel in 0..<plan.panels {
    let channels = min(width, s.channels - panel * width)
    let from = weight + (map * s.channels + panel * width) * area
    for row in 0..<y.taps {
      for column in 0..<x.taps {
        let tapRow = y.tap + s.stride * (y.taps - 1 - row)
        let tapColumn = x.tap + s.stride * (x.taps - 1 - column)
        let place = ((panel * y.taps + row) * x.taps + column) * s.maps + map
        packStrided(from + tapRow * s.kernelWidth + tapColumn, 0, area, 1, channels, width, packed + place * width)
      }
    }
  }
}

/// From map to image, images in a range: one product of windows for each phase of the stride.
func paint(
  _ shape: UnsafePointer<ConvolutionShape>, _ finish: UnsafePointer<ConvolutionFinish>, _ map: Floats,
  _ packed: Floats, _ image: MutableFloats, _ inputBuffer: MutableFloats, _ outputBuffer: MutableFloats,
  _ firstImage: Int, _ endImage: Int
) {
  let s = shape.pointee
  let pixels = s.height * s.width
  let few = FewChannelsPaint(s: s)
  if few.isWorthwhile {
    for n in firstImage..<max(firstImage, endImage) {
      few.paint(
        map + n * s.maps * few.places, packed, image + n * s.channels * pixels,
        inputBuffer + firstImage * few.inputCount, outputBuffer + firstImage * few.outputCount, finish.pointee)
    }
    return
  }
  let plan = PaintPlan(s: s)
  let bordered = plan.bordered
  let output = FinishedOutput(
    finish: finish.pointee, channels: s.channels, places: pixels, hasPixels: s.hasPixels.image)
  let group = imagesAtOnce(pixels / (s.stride * s.stride) + 1)
  // The range's first places in the buffers serve all its images: they stay in the cache.
  let input = inputBuffer + firstImage * bordered.floatsOfImage
  var first = firstImage
  while first < endImage {
    let count = min(group, endImage - first)
    bordered.fill(map + first * s.maps * s.rows * s.columns, input, count)
    let target = image + first * pixels * s.channels
    let inner = s.hasPixels.image ? target : outputBuffer + firstImage * pixels * s.channels
    paintPhases(plan, bordered, input, packed, inner, count)
    output.finish(inner, target, count)
    first += count
  }
}

private func paintPhases(
  _ plan: PaintPlan, _ bordered: BorderedImages, _ input: Floats, _ packed: Floats, _ output: MutableFloats,
  _ images: Int
) {
  let s = plan.s
  var panels = packed
  for row in 0..<s.stride {
    for column in 0..<s.stride {
      let (y, x) = (plan.vertical(row), plan.horizontal(column))
      if y.pixels > 0 && x.pixels > 0 {
        let isEmpty = y.taps == 0 || x.taps == 0
        let corner = isEmpty ? 0 : (bordered.top + y.first) * bordered.floatsOfRow + (bordered.left + x.first) * s.maps
        WindowProduct(
          rows: y.pixels, columns: x.pixels, inputImageStep: bordered.floatsOfImage,
          inputRowStep: bordered.floatsOfRow, inputColumnStep: s.maps,
          outputImageStep: s.height * s.width * s.channels, outputRowStep: s.stride * s.width * s.channels,
          outputColumnStep: s.stride * s.channels, runs: isEmpty ? 0 : y.taps, runLength: x.taps * s.maps,
          runStep: bordered.floatsOfRow, channels: s.channels
        ).multiply(input + corner, panels, output + (row * s.width + column) * s.channels, images)
      }
      panels += plan.packedCount(y, x)
    }
  }
}
