// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Testing

/// Convolutions in all three directions against sums in double precision.
@Suite struct KernelConvolutionTests {
  struct Sizes: Sendable, CustomStringConvertible {
    let batch, channels, height, width, maps, kernel, stride, padding: Int
    /// Rows and columns at the bottom and right that no window reaches.
    var description: String {
      "\(batch)x\(channels)x\(height)x\(width) -> \(maps), k\(kernel) s\(stride) p\(padding)"
    }

    var shape: ConvolutionShape {
      ConvolutionShape(
        batch: batch, channels: channels, height: height, width: width, maps: maps,
        rows: (height + 2 * padding - kernel) / stride + 1, columns: (width + 2 * padding - kernel) / stride + 1,
        kernelHeight: kernel, kernelWidth: kernel, stride: stride, padding: padding,
        hasPixels: PixelSides(image: false, map: false))
    }
  }

  static let sizes: [Sizes] = [
    Sizes(batch: 2, channels: 1, height: 28, width: 28, maps: 32, kernel: 4, stride: 2, padding: 1),
    Sizes(batch: 2, channels: 24, height: 14, width: 14, maps: 70, kernel: 4, stride: 2, padding: 1),
    Sizes(batch: 3, channels: 2, height: 16, width: 14, maps: 5, kernel: 5, stride: 3, padding: 2),
    Sizes(batch: 9, channels: 3, height: 8, width: 8, maps: 40, kernel: 4, stride: 2, padding: 1),
    Sizes(batch: 2, channels: 16, height: 14, width: 14, maps: 32, kernel: 3, stride: 1, padding: 1),
    Sizes(batch: 1, channels: 1, height: 28, width: 28, maps: 32, kernel: 3, stride: 1, padding: 1),
    Sizes(batch: 5, channels: 7, height: 9, width: 11, maps: 5, kernel: 3, stride: 2, padding: 0),
    Sizes(batch: 1, channels: 17, height: 10, width: 7, maps: 33, kernel: 5, stride: 3, padding: 2),
    Sizes(batch: 2, channels: 5, height: 12, width: 13, maps: 6, kernel: 1, stride: 1, padding: 0),
    // Strides beyond the kernel: pixels that nothing touches.
    Sizes(batch: 2, channels: 5, height: 12, width: 13, maps: 6, kernel: 1, stride: 2, padding: 0),
    Sizes(batch: 2, channels: 4, height: 11, width: 11, maps: 6, kernel: 2, stride: 3, padding: 1),
    // A kernel as large as the picture, padding beyond the kernel, and one pixel.
    Sizes(batch: 4, channels: 12, height: 7, width: 7, maps: 10, kernel: 7, stride: 1, padding: 0),
    Sizes(batch: 1, channels: 2, height: 3, width: 3, maps: 2, kernel: 2, stride: 1, padding: 3),
    Sizes(batch: 1, channels: 1, height: 1, width: 1, maps: 1, kernel: 1, stride: 1, padding: 0),
    Sizes(batch: 2, channels: 2, height: 40, width: 40, maps: 3, kernel: 3, stride: 1, padding: 1),
    Sizes(batch: 1, channels: 300, height: 3, width: 120, maps: 3, kernel: 3, stride: 1, padding: 1),
  ]

  /// Calls `body` for each pair of a picture's pixel and a weight that meet at a place of a map.
  static func forEachTap(_ s: ConvolutionShape, _ body: (_ pixel: Int, _ weight: Int, _ place: Int) -> Void) {
    for n in 0..<s.batch {
      for m in 0..<s.maps {
        for r in 0..<s.rows {
          for c in 0..<s.columns {
            let place = ((n * s.maps + m) * s.rows + r) * s.columns + c
            for k in 0..<s.channels {
              for y in 0..<s.kernelHeight {
                for x in 0..<s.kernelWidth {
                  let (row, column) = (r * s.stride + y - s.padding, c * s.stride + x - s.padding)
                  guard row >= 0, row < s.height, column >= 0, column < s.width else { continue }
                  body(
                    ((n * s.channels + k) * s.height + row) * s.width + column,
                    ((m * s.channels + k) * s.kernelHeight + y) * s.kernelWidth + x, place)
                }
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: sizes) func fromImageToMap(_ sizes: Sizes) {
    var shape = sizes.shape
    var numbers = Numbers(seed: 1)
    let image = numbers.array(shape.batch * shape.channels * shape.height * shape.width)
    let weight = numbers.array(shape.maps * shape.channels * shape.kernelHeight * shape.kernelWidth)
    let bias = numbers.array(shape.maps)
    let places = shape.rows * shape.columns
    var expected = (0..<shape.batch * shape.maps * places).map { Double(bias[$0 / places % shape.maps]) }
    Self.forEachTap(shape) { expected[$2] += Double(image[$0]) * Double(weight[$1]) }
    expected = expected.map { $0 > 0 ? $0 : 0.2 * $0 }

    for level in Level.all {
      let kernels = level.table.convolutions
      let buffers = kernels.mapBuffers(&shape)
      var packed = [Float](repeating: .nan, count: buffers.weight)
      var (input, output) = (
        [Float](repeating: .nan, count: buffers.input), [Float](repeating: .nan, count: buffers.output)
      )
      var map = [Float](repeating: .nan, count: expected.count)
      let width = level.table.products.panelWidth
      kernels.packMapWeight(&shape, weight, &packed, 0, (shape.maps + width - 1) / width)
      bias.withUnsafeBufferPointer { bias in
        var finish = ConvolutionFinish(bias: bias.baseAddress, activation: .leakyRelu, slope: 0.2)
        kernels.convolve(&shape, &finish, image, packed, &map, &input, &output, 0, shape.batch / 2)
        kernels.convolve(&shape, &finish, image, packed, &map, &input, &output, shape.batch / 2, shape.batch)
      }
      let depth = Double(shape.channels * shape.kernelHeight * shape.kernelWidth)
      #expect(worstDifference(map, expected) { _ in depth.squareRoot() } < 4e-6, "\(level)")
    }
  }

  @Test(arguments: sizes) func fromMapToImage(_ sizes: Sizes) {
    var shape = sizes.shape
    var numbers = Numbers(seed: 2)
    let map = numbers.array(shape.batch * shape.maps * shape.rows * shape.columns)
    let weight = numbers.array(shape.maps * shape.channels * shape.kernelHeight * shape.kernelWidth)
    let bias = numbers.array(shape.channels)
    let pixels = shape.height * shape.width
    var expected = (0..<shape.batch * shape.channels * pixels).map { Double(bias[$0 / pixels % shape.channels]) }
    Self.forEachTap(shape) { expected[$0] += Double(map[$2]) * Double(weight[$1]) }
    expected = expected.map { max($0, 0) }

    for level in Level.all {
      let kernels = level.table.convolutions
      let buffers = kernels.imageBuffers(&shape)
      var packed = [Float](repeating: .nan, count: buffers.weight)
      var (input, output) = (
        [Float](repeating: .nan, count: buffers.input), [Float](repeating: .nan, count: buffers.output)
      )
      var image = [Float](repeating: .nan, count: expected.count)
      kernels.packImageWeight(&shape, weight, &packed, 0, shape.maps / 2)
      kernels.packImageWeight(&shape, weight, &packed, shape.maps / 2, shape.maps)
      bias.withUnsafeBufferPointer { bias in
        var finish = ConvolutionFinish(bias: bias.baseAddress, activation: .relu, slope: 0)
        kernels.paint(&shape, &finish, map, packed, &image, &input, &output, 0, shape.batch / 2)
        kernels.paint(&shape, &finish, map, packed, &image, &input, &output, shape.batch / 2, shape.batch)
      }
      let depth = Double(shape.maps * shape.kernelHeight * shape.kernelWidth)
      #expect(worstDifference(image, expected) { _ in depth.squareRoot() } < 4e-6, "\(level)")
    }
  }

  @Test(arguments: sizes) func fromImageAndMapToWeight(_ sizes: Sizes) {
    var shape = sizes.shape
    var numbers = Numbers(seed: 3)
    let image = numbers.array(shape.batch * shape.channels * shape.height * shape.width)
    let map = numbers.array(shape.batch * shape.maps * shape.rows * shape.columns)
    var expected = [Double](
      repeating: 0, count: shape.maps * shape.channels * shape.kernelHeight * shape.kernelWidth)
    Self.forEachTap(shape) { expected[$1] += Double(image[$0]) * Double(map[$2]) }

    for level in Level.all {
      let kernels = level.table.convolutions
      let buffers = kernels.weightBuffers(&shape)
      var (input, output) = (
        [Float](repeating: .nan, count: buffers.input), [Float](repeating: .nan, count: buffers.output)
      )
      var sums = [Float](repeating: .nan, count: buffers.weight)
      var gradient = [Float](repeating: .nan, count: expected.count)
      kernels.prepareCorrelation(&shape, image, map, &input, &output, 0, shape.batch / 2)
      kernels.prepareCorrelation(&shape, image, map, &input, &output, shape.batch / 2, shape.batch)
      let parts = kernels.correlationParts(&shape)
      kernels.correlate(&shape, input, output, &sums, 0, parts / 2)
      kernels.correlate(&shape, input, output, &sums, parts / 2, parts)
      kernels.unpackWeightGradient(&shape, sums, &gradient, 0, shape.maps / 2)
      kernels.unpackWeightGradient(&shape, sums, &gradient, shape.maps / 2, shape.maps)
      let depth = Double(shape.batch * shape.rows * shape.columns)
      #expect(worstDifference(gradient, expected) { _ in depth.squareRoot() } < 4e-6, "\(level)")
    }
  }
}
