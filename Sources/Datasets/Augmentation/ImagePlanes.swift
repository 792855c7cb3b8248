// SPDX-License-Identifier: Apache-2.0

/// An image as planes of numbers, for changes of its geometry and its values.
struct ImagePlanes {
  let channels: Int
  let height: Int
  let width: Int
  var values: [Float]
  /// What lies outside the image.
  let background: Float

  /// The value between four pixels, weighted by nearness; the background counts as pixels outside.
  private func sample(_ plane: Int, _ x: Double, _ y: Double) -> Float {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    // Far outside, also for numbers no Int can hold.
    guard left > -2, top > -2, left <= Double(width), top <= Double(height) else { return background }
    let (column, row) = (Int(left), Int(top))
    let (right, below) = (Float(x - left), Float(y - top))
    func pixel(_ row: Int, _ column: Int) -> Float {
      guard row >= 0, row < height, column >= 0, column < width else { return background }
      return values[(plane * height + row) * width + column]
    }
    let upper = pixel(row, column) * (1 - right) + pixel(row, column + 1) * right
    let lower = pixel(row + 1, column) * (1 - right) + pixel(row + 1, column + 1) * right
    return upper * (1 - below) + lower * below
  }

  /// The image in which each pixel comes from another place, given as x and y.
  func warped(_ source: (_ column: Int, _ row: Int) -> (x: Double, y: Double)) -> ImagePlanes {
    var result = self
    for row in 0..<height {
      for column in 0..<width {
        let place = source(column, row)
        for plane in 0..<channels {
          result.values[(plane * height + row) * width + column] = sample(plane, place.x, place.y)
        }
      }
    }
    return result
  }

  /// A square set to the background.
  mutating func blank(top: Int, left: Int, side: Int) {
    for plane in 0..<channels {
      for row in max(top, 0)..<min(top + side, height) {
        for column in max(left, 0)..<min(left + side, width) {
          values[(plane * height + row) * width + column] = background
        }
      }
    }
  }

  /// Each plane smoothed by a Gaussian; outside lies the edge.
  func smoothed(deviation: Double) -> ImagePlanes {
    guard deviation > 0.05 else { return self }
    var result = self
    for plane in 0..<channels {
      let range = plane * height * width..<(plane + 1) * height * width
      result.values.replaceSubrange(
        range, with: gaussianBlur(Array(values[range]), height: height, width: width, deviation: deviation))
    }
    return result
  }
}

/// A plane smoothed along rows, then along columns; outside lies the edge.
func gaussianBlur(_ plane: [Float], height: Int, width: Int, deviation: Double) -> [Float] {
  let reach = max(1, Int((3 * deviation).rounded(.up)))
  let weights = (-reach...reach).map { scalarExp(-Double($0 * $0) / (2 * deviation * deviation)) }
  let total = weights.reduce(0, +)
  let kernel = weights.map { Float($0 / total) }
  var rows = plane
  for row in 0..<height {
    for column in 0..<width {
      var sum: Float = 0
      for offset in -reach...reach {
        sum += kernel[offset + reach] * plane[row * width + min(max(column + offset, 0), width - 1)]
      }
      rows[row * width + column] = sum
    }
  }
  var result = rows
  for row in 0..<height {
    for column in 0..<width {
      var sum: Float = 0
      for offset in -reach...reach {
        sum += kernel[offset + reach] * rows[min(max(row + offset, 0), height - 1) * width + column]
      }
      result[row * width + column] = sum
    }
  }
  return result
}
