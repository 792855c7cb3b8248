// SPDX-License-Identifier: Apache-2.0

/// How much neighbouring pixels differ: the mean squared second difference of images beside their contrast.
///
/// A blur lowers it, noise raises it; compare with that of real images.
///
/// - Parameters:
///   - images: Pixels, [channel, height, width] each.
///   - shape: [channel, height, width].
/// - Returns: The mean over images of Σ(second differences)² / Σ(pixel − mean)²; 0 for images of one value.
/// - Throws: `MetricError.mismatch` if the numbers do not fit the shape, `MetricError.tooFew` without images,
///   `MetricError.tooSmall` below 3 pixels a side.
public func sharpness(of images: Features, shape: [Int]) throws(MetricError) -> Double {
  guard shape.count == 3, images.width == shape.reduce(1, *) else {
    throw .mismatch(measure: "sharpness", left: [images.width], right: shape)
  }
  guard images.count >= 1 else { throw .tooFew(measure: "sharpness", found: 0, needed: 1) }
  guard shape[1] >= 3, shape[2] >= 3 else {
    throw .tooSmall(measure: "sharpness", found: [shape[1], shape[2]], needed: 3)
  }
  return sharpnesses(of: images, shape: shape).reduce(0, +) / Double(images.count)
}

/// The sharpness of each image; `shape` is known to fit.
func sharpnesses(of images: Features, shape: [Int]) -> [Double] {
  images.values.withUnsafeBufferPointer { values in
    (0..<images.count).map { sharpness(values, $0 * images.width, shape) }
  }
}

private func sharpness(_ values: UnsafeBufferPointer<Float>, _ start: Int, _ shape: [Int]) -> Double {
  let (height, width) = (shape[1], shape[2])
  let size = shape.reduce(1, *)
  var (sum, squares, edges) = (0.0, 0.0, 0.0)
  for place in start..<start + size {
    sum += Double(values[place])
    squares += Double(values[place]) * Double(values[place])
  }
  for channel in 0..<shape[0] {
    for row in 1..<height - 1 {
      for column in 1..<width - 1 {
        let place = start + (channel * height + row) * width + column
        let around = values[place - 1] + values[place + 1] + values[place - width] + values[place + width]
        let second = Double(around - 4 * values[place])
        edges += second * second
      }
    }
  }
  let contrast = squares - sum * sum / Double(size)
  return contrast > 1e-9 ? edges / contrast : 0
}
