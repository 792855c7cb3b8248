// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Normalisation and pooling against their formulas in double precision.
@Suite struct KernelLayerTests {
  @Test(arguments: [(3, 5, 1), (64, 70, 1), (4, 3, 49), (2, 7, 196), (1, 1, 17)])
  func normalization(_ sizes: (batch: Int, channels: Int, places: Int)) {
    var shape = ChannelShape(batch: sizes.batch, channels: sizes.channels, places: sizes.places, hasPixels: false)
    let (count, channels) = (sizes.batch * sizes.channels * sizes.places, sizes.channels)
    let n = Double(sizes.batch * sizes.places)
    var numbers = Numbers(seed: 9)
    let x = numbers.array(count).map { 3 + $0 }
    let gradient = numbers.array(count)
    let scale = numbers.array(channels)
    let shift = numbers.array(channels)
    func channel(_ i: Int) -> Int { i / sizes.places % channels }
    func sums(_ value: (Int) -> Double) -> [Double] {
      var result = [Double](repeating: 0, count: channels)
      for i in 0..<count { result[channel(i)] += value(i) }
      return result
    }
    let mean = sums { Double(x[$0]) }.map { $0 / n }
    let variance = sums { pow(Double(x[$0]) - mean[channel($0)], 2) }.map { $0 / n }
    let inverse = variance.map { 1 / sqrt($0 + 1e-5) }
    let normal = x.indices.map { (Double(x[$0]) - mean[channel($0)]) * inverse[channel($0)] }
    let total = sums { Double(gradient[$0]) }
    let product = sums { Double(gradient[$0]) * normal[$0] }

    for level in Level.all {
      let kernels = level.table.normalizations
      var (m, v) = ([Float](repeating: .nan, count: channels), [Float](repeating: .nan, count: channels))
      kernels.moments(&shape, x, &m, &v, 0, channels / 2)
      kernels.moments(&shape, x, &m, &v, channels / 2, channels)
      #expect(worstDifference(m, mean) { _ in 3 } < 1e-6 && worstDifference(v, variance) { _ in 1 } < 1e-6)

      let inverses = inverse.map { Float($0) }
      let factors = zip(scale, inverse).map { Float(Double($0) * $1) }
      var y = [Float](repeating: .nan, count: count)
      kernels.apply(&shape, x, m, factors, shift, .relu, 0, &y, 0, channels / 2)
      kernels.apply(&shape, x, m, factors, shift, .relu, 0, &y, channels / 2, channels)
      let expected = normal.indices.map {
        max(0, normal[$0] * Double(scale[channel($0)]) + Double(shift[channel($0)]))
      }
      #expect(worstDifference(y, expected) { _ in 1 } < 1e-5)

      var (s, p) = (m, m)
      kernels.gradientSums(&shape, x, m, inverses, gradient, &s, &p, 0, channels)
      #expect(worstDifference(s, total) { _ in sqrt(n) } < 1e-6)
      #expect(worstDifference(p, product) { _ in sqrt(n) } < 1e-5)
      kernels.gradient(&shape, x, m, inverses, factors, s, p, gradient, &y, 0, channels / 2)
      kernels.gradient(&shape, x, m, inverses, factors, s, p, gradient, &y, channels / 2, channels)
      let slopes = normal.indices.map { i -> Double in
        let c = channel(i)
        let inner = Double(gradient[i]) - total[c] / n - normal[i] * product[c] / n
        return Double(scale[c]) * inverse[c] * inner
      }
      #expect(worstDifference(y, slopes) { max(1, abs($0)) } < 2e-5)
    }
  }

  @Test(arguments: [(28, 28, 2, 2), (7, 37, 2, 2), (9, 8, 3, 2), (5, 5, 5, 1), (4, 70, 1, 1), (6, 40, 2, 3)])
  func pooling(_ sizes: (height: Int, width: Int, size: Int, stride: Int)) {
    let (height, width, size, stride) = sizes
    let (rows, columns) = ((height - size) / stride + 1, (width - size) / stride + 1)
    var shape = PoolShape(
      height: height, width: width, rows: rows, columns: columns, size: size, stride: stride,
      channels: 1)
    let planes = 3
    var numbers = Numbers(seed: 10)
    // Whole numbers, so that there are equal ones, and a NaN.
    var x = numbers.array(planes * height * width).map { ($0 * 5).rounded() }
    x[width + 1] = .nan
    let gradient = numbers.array(planes * rows * columns)
    var winner: [Int] = []
    var total: [Double] = []
    var spread = [Double](repeating: 0, count: x.count)
    var back = spread
    for i in 0..<planes * rows * columns {
      let (plane, row, column) = (i / (rows * columns), i / columns % rows, i % columns)
      let window = (0..<size * size).map { (row * stride + $0 / size) * width + column * stride + $0 % size }
      let from = plane * height * width
      let nan = window.first { x[from + $0].isNaN }
      let largest = window.map { x[from + $0] }.max() ?? 0
      winner.append(nan ?? window.first { x[from + $0] == largest } ?? -1)
      total.append(window.reduce(0) { $0 + Double(gradient[(from + $1) % gradient.count]) } / 4)
      for pixel in window { spread[from + pixel] += 0.5 * Double(gradient[i]) }
      back[from + winner[i]] += Double(gradient[i])
    }
    let summed = x.indices.map { gradient[$0 % gradient.count] }
    for level in Level.all {
      let kernels = level.table.poolings
      var winners = [Int32](repeating: -1, count: winner.count)
      var y = [Float](repeating: 0, count: winner.count)
      kernels.maximum(&shape, x, &y, &winners, 0, 1)
      kernels.maximum(&shape, x, &y, &winners, 1, planes)
      #expect(winners.map { Int($0) } == winner)
      let isRight = y.indices.allSatisfy { i in
        let truth = x[i / (rows * columns) * height * width + winner[i]]
        return y[i] == truth || (y[i].isNaN && truth.isNaN)
      }
      #expect(isRight)
      kernels.sum(&shape, 0.25, summed, &y, 0, planes)
      #expect(worstDifference(y, total) { _ in 1 } < 1e-6)
      var pixels = [Float](repeating: .nan, count: x.count)
      kernels.spread(&shape, 0.5, gradient, &pixels, 0, planes)
      #expect(worstDifference(pixels, spread) { _ in 1 } < 1e-6)
      kernels.maximumBackward(&shape, gradient, winners, &pixels, 0, planes)
      #expect(worstDifference(pixels, back) { _ in 1 } < 1e-6)
    }
  }
}
