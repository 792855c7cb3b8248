// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The peak signal-to-noise ratio of two images in decibels: 10 log₁₀(range² / mean squared difference).
///
/// Infinite for equal images.
///
/// - Parameters:
///   - first: The numbers of one image.
///   - second: Those of the other, as many.
///   - range: The largest value minus the smallest that a pixel may take.
/// - Returns: Decibels.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` without pixels.
public func peakSignalToNoise(_ first: [Float], _ second: [Float], range: Double = 1) throws(MetricError) -> Double {
  guard first.count == second.count else {
    throw .mismatch(measure: "psnr", left: [first.count], right: [second.count])
  }
  guard !first.isEmpty else { throw .tooFew(measure: "psnr", found: 0, needed: 1) }
  let squares = zip(first, second).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
  return 10 * log10(range * range / (squares / Double(first.count)))
}

/// The structural similarity of two images, −1 … 1, 1 for equal ones.
///
/// Means, variances and covariance under a Gaussian window of 11×11 with deviation 1.5, where it fits; the mean over
/// all places and channels. The several-scale form needs images of 160 pixels, so it is not offered for small ones.
/// Wang et al. 2004.
///
/// - Parameters:
///   - first: Pixels of one image, [channel, height, width].
///   - second: Those of the other.
///   - shape: [channel, height, width].
///   - range: The largest value minus the smallest that a pixel may take.
/// - Returns: The mean over places and channels.
/// - Throws: `MetricError.mismatch` if the numbers do not fit the shape, `MetricError.tooSmall` below 11 pixels a side.
public func structuralSimilarity(
  _ first: [Float], _ second: [Float], shape: [Int], range: Double = 1
) throws(MetricError) -> Double {
  guard shape.count == 3, first.count == shape.reduce(1, *), second.count == first.count else {
    throw .mismatch(measure: "ssim", left: [first.count], right: [second.count])
  }
  let (height, width) = (shape[1], shape[2])
  guard min(height, width) >= windowSize else {
    throw .tooSmall(measure: "ssim", found: [height, width], needed: windowSize)
  }
  var total = 0.0
  for channel in 0..<shape[0] {
    let plane = channel * height * width..<(channel + 1) * height * width
    total += similarity(first[plane].map(Double.init), second[plane].map(Double.init), height, width, range)
  }
  return total / Double(max(shape[0], 1))
}

/// The mean similarity of pairs of images of one class: near 1 when a generator repeats itself.
///
/// - Parameters:
///   - images: Pixels in 0 … 1.
///   - labels: The class of each.
///   - shape: [channel, height, width].
///   - pairs: How many pairs of each class are compared, neighbours in order.
/// - Returns: The mean over all pairs; nil when no class has two images.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` below 11 pixels a side.
public func pairwiseSimilarity(
  _ images: Features, labels: [Int], shape: [Int], pairs: Int = 50
) throws(MetricError) -> Double? {
  guard labels.count == images.count else {
    throw .mismatch(measure: "ssim", left: [images.count], right: [labels.count])
  }
  var values: [Double] = []
  for label in Set(labels).sorted() {
    let members = labels.indices.filter { labels[$0] == label }
    for (first, second) in zip(members, members.dropFirst()).prefix(max(pairs, 1)) {
      let (left, right) = (images.selecting([first]).values, images.selecting([second]).values)
      values.append(try structuralSimilarity(left, right, shape: shape))
    }
  }
  return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

private let windowSize = 11

/// The Gaussian window, which sums to 1.
private let window: [Double] = {
  let weights = (0..<windowSize).map { exp(-Double(($0 - 5) * ($0 - 5)) / (2 * 1.5 * 1.5)) }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}()

private func similarity(_ x: [Double], _ y: [Double], _ height: Int, _ width: Int, _ range: Double) -> Double {
  let (c1, c2) = (0.01 * range * 0.01 * range, 0.03 * range * 0.03 * range)
  let meanX = blurred(x, height, width)
  let meanY = blurred(y, height, width)
  let squareX = blurred(x.map { $0 * $0 }, height, width)
  let squareY = blurred(y.map { $0 * $0 }, height, width)
  let product = blurred(zip(x, y).map(*), height, width)
  let values = meanX.indices.map { place in
    let (mx, my) = (meanX[place], meanY[place])
    let (vx, vy, covariance) = (squareX[place] - mx * mx, squareY[place] - my * my, product[place] - mx * my)
    return (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2))
  }
  return values.reduce(0, +) / Double(values.count)
}

/// The weighted mean under the window wherever it fits, rows then columns.
private func blurred(_ image: [Double], _ height: Int, _ width: Int) -> [Double] {
  let inner = width - windowSize + 1
  var rows = [Double](repeating: 0, count: height * inner)
  for row in 0..<height {
    for column in 0..<inner {
      for (offset, weight) in window.enumerated() {
        rows[row * inner + column] += weight * image[row * width + column + offset]
      }
    }
  }
  let outer = height - windowSize + 1
  var result = [Double](repeating: 0, count: outer * inner)
  for row in 0..<outer {
    for column in 0..<inner {
      for (offset, weight) in window.enumerated() {
        result[row * inner + column] += weight * rows[(row + offset) * inner + column]
      }
    }
  }
  return result
}
