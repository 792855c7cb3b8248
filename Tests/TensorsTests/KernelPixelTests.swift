// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Testing

/// Kernels give the same bits whether images lie in planes or pixel by pixel.
@Suite struct KernelPixelTests {
  /// Images [image, channel, place] as [image, place, channel].
  private static func pixels<Number>(_ planes: [Number], _ channels: Int, _ places: Int) -> [Number] {
    planes.indices.map { i in
      let (image, place, channel) = (i / (channels * places), i / channels % places, i % channels)
      return planes[(image * channels + channel) * places + place]
    }
  }

  private static func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

  private static let sides = [(false, false), (true, false), (false, true), (true, true)]

  @Test(arguments: KernelConvolutionTests.sizes) func convolutions(_ sizes: KernelConvolutionTests.Sizes) {
    let s = sizes.shape
    var numbers = Numbers(seed: 21)
    let image = numbers.array(s.batch * s.channels * s.height * s.width)
    let map = numbers.array(s.batch * s.maps * s.rows * s.columns)
    let weight = numbers.array(s.maps * s.channels * s.kernelHeight * s.kernelWidth)
    let bias = numbers.array(max(s.maps, s.channels))
    for level in Level.all {
      let run = Run(kernels: level.table.convolutions, panelWidth: level.table.products.panelWidth)
      var results: [[[UInt32]]] = []
      for (imageSide, mapSide) in Self.sides {
        var shape = s
        // An image of few channels is painted in planes whatever is asked for.
        shape.hasPixels = PixelSides(image: imageSide, map: mapSide)
        let images = imageSide ? Self.pixels(image, s.channels, s.height * s.width) : image
        let maps = mapSide ? Self.pixels(map, s.maps, s.rows * s.columns) : map
        let convolved = run.convolved(&shape, images, weight, bias)
        let painted = run.painted(&shape, maps, weight, bias)
        let isPlanes = !imageSide || run.kernels.paintsPlanes(&shape)
        results.append([
          Self.bits(mapSide ? convolved : Self.pixels(convolved, s.maps, s.rows * s.columns)),
          Self.bits(isPlanes ? Self.pixels(painted, s.channels, s.height * s.width) : painted),
          Self.bits(run.correlated(&shape, images, maps)),
        ])
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(level)")
    }
  }

  /// The three directions, each in two ranges.
  private struct Run {
    let kernels: ConvolutionKernels
    let panelWidth: Int

    private func room(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }

    func convolved(
      _ s: inout ConvolutionShape, _ image: [Float], _ weight: [Float], _ bias: [Float]
    ) -> [Float] {
      let sizes = kernels.mapBuffers(&s)
      var (packed, input, output) = (room(sizes.weight), room(sizes.input), room(sizes.output))
      var map = room(s.batch * s.maps * s.rows * s.columns)
      kernels.packMapWeight(&s, weight, &packed, 0, (s.maps + panelWidth - 1) / panelWidth)
      bias.withUnsafeBufferPointer { bias in
        var finish = ConvolutionFinish(bias: bias.baseAddress, activation: .tanh, slope: 0)
        kernels.convolve(&s, &finish, image, packed, &map, &input, &output, 0, s.batch / 2)
        kernels.convolve(&s, &finish, image, packed, &map, &input, &output, s.batch / 2, s.batch)
      }
      return map
    }

    func painted(_ s: inout ConvolutionShape, _ map: [Float], _ weight: [Float], _ bias: [Float]) -> [Float] {
      let sizes = kernels.imageBuffers(&s)
      var (packed, input, output) = (room(sizes.weight), room(sizes.input), room(sizes.output))
      var image = room(s.batch * s.channels * s.height * s.width)
      kernels.packImageWeight(&s, weight, &packed, 0, s.maps)
      bias.withUnsafeBufferPointer { bias in
        var finish = ConvolutionFinish(bias: bias.baseAddress, activation: .leakyRelu, slope: 0.2)
        kernels.paint(&s, &finish, map, packed, &image, &input, &output, 0, s.batch / 2)
        kernels.paint(&s, &finish, map, packed, &image, &input, &output, s.batch / 2, s.batch)
      }
      return image
    }

    func correlated(_ s: inout ConvolutionShape, _ image: [Float], _ map: [Float]) -> [Float] {
      let sizes = kernels.weightBuffers(&s)
      var (sums, input, output) = (room(sizes.weight), room(sizes.input), room(sizes.output))
      var gradient = room(s.maps * s.channels * s.kernelHeight * s.kernelWidth)
      kernels.prepareCorrelation(&s, image, map, &input, &output, 0, s.batch)
      kernels.correlate(&s, input, output, &sums, 0, kernels.correlationParts(&s))
      kernels.unpackWeightGradient(&s, sums, &gradient, 0, s.maps)
      return gradient
    }
  }

  @Test(arguments: [(3, 5, 2), (64, 70, 1), (4, 3, 49), (2, 7, 196), (1, 1, 17), (3, 100, 31), (2, 33, 150)])
  func normalization(_ sizes: (batch: Int, channels: Int, places: Int)) {
    let (batch, channels, places) = sizes
    var planes = ChannelShape(batch: batch, channels: channels, places: places, hasPixels: false)
    var pixels = ChannelShape(batch: batch, channels: channels, places: places, hasPixels: true)
    var numbers = Numbers(seed: 22)
    let x = numbers.array(batch * channels * places)
    let gradient = numbers.array(x.count)
    let (innerX, innerGradient) = (Self.pixels(x, channels, places), Self.pixels(gradient, channels, places))
    let (scale, shift) = (numbers.array(channels), numbers.array(channels))
    func room(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }
    // Channels with one place are columns of a matrix, which are added up in chains of their own.
    guard places > 1 else { return }
    for level in Level.all {
      let kernels = level.table.normalizations
      var (m, v, s, p, y) = (room(channels), room(channels), room(channels), room(channels), room(x.count))
      var (m2, v2, s2, p2, y2) = (m, v, s, p, y)
      kernels.moments(&planes, x, &m, &v, 0, channels)
      kernels.moments(&pixels, innerX, &m2, &v2, 0, channels / 2)
      kernels.moments(&pixels, innerX, &m2, &v2, channels / 2, channels)
      #expect(Self.bits(m) == Self.bits(m2) && Self.bits(v) == Self.bits(v2), "\(level)")
      kernels.apply(&planes, x, m, scale, shift, .tanh, 0, &y, 0, channels)
      kernels.apply(&pixels, innerX, m, scale, shift, .tanh, 0, &y2, 0, 1)
      kernels.apply(&pixels, innerX, m, scale, shift, .tanh, 0, &y2, 1, batch * places)
      #expect(Self.bits(Self.pixels(y, channels, places)) == Self.bits(y2), "\(level)")
      kernels.gradientSums(&planes, x, m, v, gradient, &s, &p, 0, channels)
      kernels.gradientSums(&pixels, innerX, m, v, innerGradient, &s2, &p2, 0, channels)
      #expect(Self.bits(s) == Self.bits(s2) && Self.bits(p) == Self.bits(p2), "\(level)")
      kernels.gradient(&planes, x, m, v, scale, s, p, gradient, &y, 0, channels)
      kernels.gradient(&pixels, innerX, m, v, scale, s, p, innerGradient, &y2, 0, batch * places)
      #expect(Self.bits(Self.pixels(y, channels, places)) == Self.bits(y2), "\(level)")
      var (rows, columns) = (room(batch * channels), room(batch * channels))
      level.table.reductions.reduceRows(.sum, x, places, places, &rows, 0, batch * channels)
      kernels.sumPlaces(&pixels, innerX, &columns, 0, batch / 2)
      kernels.sumPlaces(&pixels, innerX, &columns, batch / 2, batch)
      #expect(Self.bits(rows) == Self.bits(columns), "\(level)")
    }
  }

  @Test(arguments: [(28, 28, 2, 2), (7, 37, 2, 2), (9, 8, 3, 2), (5, 5, 5, 1), (4, 70, 1, 1), (6, 40, 2, 3)])
  func pooling(_ sizes: (height: Int, width: Int, size: Int, stride: Int)) {
    let (height, width, size, stride) = sizes
    let (rows, columns) = ((height - size) / stride + 1, (width - size) / stride + 1)
    let (images, channels) = (2, 37)
    func shape(_ channels: Int) -> PoolShape {
      PoolShape(
        height: height, width: width, rows: rows, columns: columns, size: size, stride: stride, channels: channels)
    }
    var numbers = Numbers(seed: 23)
    var x = numbers.array(images * channels * height * width).map { ($0 * 5).rounded() }
    x[width + 1] = .nan
    let gradient = numbers.array(images * channels * rows * columns)
    let (inner, innerGradient) = (
      Self.pixels(x, channels, height * width), Self.pixels(gradient, channels, rows * columns)
    )
    var (planes, pixels) = (shape(1), shape(channels))
    for level in Level.all {
      let kernels = level.table.poolings
      var (y, y2) = ([Float](repeating: .nan, count: gradient.count), [Float](repeating: .nan, count: gradient.count))
      var (winners, winners2) = ([Int32](repeating: -1, count: y.count), [Int32](repeating: -1, count: y.count))
      kernels.maximum(&planes, x, &y, &winners, 0, images * channels)
      kernels.maximum(&pixels, inner, &y2, &winners2, 0, 1)
      kernels.maximum(&pixels, inner, &y2, &winners2, 1, images)
      #expect(Self.bits(Self.pixels(y, channels, rows * columns)) == Self.bits(y2), "\(level)")
      #expect(Self.pixels(winners, channels, rows * columns) == winners2, "\(level)")
      var (back, back2) = ([Float](repeating: .nan, count: x.count), [Float](repeating: .nan, count: x.count))
      kernels.maximumBackward(&planes, gradient, winners, &back, 0, images * channels)
      kernels.maximumBackward(&pixels, innerGradient, winners2, &back2, 0, images)
      #expect(Self.bits(Self.pixels(back, channels, height * width)) == Self.bits(back2), "\(level)")
    }
  }
}
