// SPDX-License-Identifier: Apache-2.0
import CProcessor

// Ioffe and Szegedy 2015, arXiv:1502.03167. Channels with one place are columns of a matrix, and are walked as such, by
// vectors of channels, and so are pixels; others by vectors of places.

extension ChannelShape {
  /// Whether the batch is a matrix whose columns are channels.
  fileprivate var isMatrix: Bool { hasPixels || places == 1 }

  /// The rows and columns that a range of pixels, or of channels, stands for.
  fileprivate func part(_ first: Int, _ end: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let range = first..<max(first, end)
    return hasPixels ? (range, 0..<channels) : (0..<batch, range)
  }
}

/// Mean and variance of channels in a range.
func momentsOfChannels(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: MutableFloats, _ variances: MutableFloats, _ first: Int,
  _ end: Int
) {
  let s = shape.pointee
  if s.hasPixels { return momentsOfPixels(shape, x, means, variances, first, end) }
  if s.places == 1 { return momentsOfColumns(x, s.channels, s.batch, means, variances, first, end) }
  let count = Float(s.batch * s.places)
  for channel in first..<max(first, end) {
    let runs = ChannelRuns(shape, channel)
    let mean = runs.sum { load(x + $0, count: $1) } / count
    means[channel] = mean
    @inline(__always) func squaredDistance(_ place: Int, _ n: Int) -> Vector {
      let distance = load(x + place, count: n) - splat(mean)
      return distance * distance
    }
    variances[channel] = runs.sum(squaredDistance) / count
  }
}

/// Normalises channels in a range, then applies an activation.
func normalizeChannels(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: Floats, _ factors: Floats, _ offsets: Floats,
  _ activation: KernelActivation, _ slope: Float, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  let s = shape.pointee
  if s.isMatrix {
    let (rows, columns) = s.part(first, end)
    for row in rows {
      let (from, to) = (x + row * s.channels, output + row * s.channels)
      writeColumns(to, columns.lowerBound, columns.upperBound) { c, n in
        multiplyAdd(
          load(from + c, count: n) - load(means + c, count: n), load(factors + c, count: n),
          load(offsets + c, count: n))
      }
      activateInPlace(to + columns.lowerBound, columns.count, activation, slope)
    }
    return
  }
  for channel in first..<max(first, end) {
    let (mean, factor, offset) = (splat(means[channel]), splat(factors[channel]), splat(offsets[channel]))
    ChannelRuns(shape, channel).write(output) { place, n in
      multiplyAdd(load(x + place, count: n) - mean, factor, offset)
    }
    guard activation != .identity else { continue }
    for image in 0..<s.batch {
      activateInPlace(output + (image * s.channels + channel) * s.places, s.places, activation, slope)
    }
  }
}

/// Sums of gradients, and of gradients times normalised values, of channels in a range.
func normalizationGradientSums(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: Floats, _ inverses: Floats, _ gradient: Floats,
  _ sums: MutableFloats, _ products: MutableFloats, _ first: Int, _ end: Int
) {
  let s = shape.pointee
  if s.hasPixels {
    return gradientSumsOfPixels(shape, x, means, inverses, gradient, sums, products, first, end)
  }
  if s.places == 1 {
    let range = ColumnRange(rowStride: s.channels, rows: s.batch, first: first, end: end)
    reduceColumns(.sum, gradient, s.channels, s.batch, false, sums, first, end)
    @inline(__always) func product(_ column: Int, _ place: Int, _ n: Int) -> Vector {
      load(gradient + place, count: n) * (load(x + place, count: n) - load(means + column, count: n))
    }
    range.reduce(products, false, 0, of: product, by: add)
    mapVectors(products, inverses, products, first, end) { $0 * $1 }
    return
  }
  for channel in first..<max(first, end) {
    let runs = ChannelRuns(shape, channel)
    let mean = splat(means[channel])
    sums[channel] = runs.sum { load(gradient + $0, count: $1) }
    products[channel] =
      inverses[channel] * runs.sum { load(gradient + $0, count: $1) * (load(x + $0, count: $1) - mean) }
  }
}

/// The gradient before normalisation of channels in a range.
func normalizationGradient(
  _ shape: UnsafePointer<ChannelShape>, _ x: Floats, _ means: Floats, _ inverses: Floats, _ factors: Floats,
  _ sums: Floats, _ products: Floats, _ gradient: Floats, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  let s = shape.pointee
  let share = splat(1 / Float(s.batch * s.places))
  // factor * (g - sum / n - (x - mean) * inverse * product / n)
  @inline(__always)
  func value(_ place: Int, _ n: Int, _ mean: Vector, _ slope: Vector, _ sum: Vector, _ factor: Vector) -> Vector {
    let own = load(gradient + place, count: n) - sum
    return factor * multiplyAdd(load(x + place, count: n) - mean, slope, own)
  }
  if s.isMatrix {
    let (rows, columns) = s.part(first, end)
    for row in rows {
      writeColumns(output + row * s.channels, columns.lowerBound, columns.upperBound) { c, n in
        value(
          row * s.channels + c, n, load(means + c, count: n),
          -(load(inverses + c, count: n) * load(products + c, count: n) * share), load(sums + c, count: n) * share,
          load(factors + c, count: n))
      }
    }
    return
  }
  for channel in first..<max(first, end) {
    let mean = splat(means[channel])
    let slope = -(splat(inverses[channel] * products[channel]) * share)
    let sum = splat(sums[channel]) * share
    let factor = splat(factors[channel])
    ChannelRuns(shape, channel).write(output) { value($0, $1, mean, slope, sum, factor) }
  }
}

/// Writes a value to columns in a range of one row.
@inline(__always)
private func writeColumns(_ output: MutableFloats, _ first: Int, _ end: Int, _ value: (Int, Int) -> Vector) {
  var column = first
  while column + lanes <= end {
    store(value(column, lanes), output + column)
    column += lanes
  }
  if column < end { store(value(column, end - column), output + column, count: end - column) }
}
