// SPDX-License-Identifier: Apache-2.0

/// Where each pixel of a changed image comes from: a linear map about the image's middle, then a shift.
///
/// Several changes of geometry in a row are joined into one map, so that the image is sampled only once.
struct AffineMap {
  private var (xx, xy, yx, yy) = (1.0, 0.0, 0.0, 1.0)
  private var (dx, dy) = (0.0, 0.0)

  /// This map, then another from the new image's place to this map's.
  private mutating func follow(_ a: Double, _ b: Double, _ c: Double, _ d: Double, shift: (Double, Double) = (0, 0)) {
    let (x, y) = (dx + xx * shift.0 + xy * shift.1, dy + yx * shift.0 + yy * shift.1)
    (xx, xy, yx, yy) = (xx * a + xy * c, xx * b + xy * d, yx * a + yy * c, yx * b + yy * d)
    (dx, dy) = (x, y)
  }

  mutating func rotate(_ degrees: Double) {
    let angle = degrees * .pi / 180
    follow(scalarCosine(angle), -scalarSine(angle), scalarSine(angle), scalarCosine(angle))
  }

  mutating func shift(_ right: Double, _ down: Double) { follow(1, 0, 0, 1, shift: (-right, -down)) }

  mutating func scale(_ factor: Double) { follow(1 / factor, 0, 0, 1 / factor) }

  mutating func shear(_ degrees: Double) { follow(1, scalarTangent(degrees * .pi / 180), 0, 1) }

  mutating func flip() { follow(-1, 0, 0, 1) }

  /// The image seen through the map.
  func applied(to image: ImagePlanes) -> ImagePlanes {
    let (middleX, middleY) = (Double(image.width - 1) / 2, Double(image.height - 1) / 2)
    return image.warped { column, row in
      let (x, y) = (Double(column) - middleX, Double(row) - middleY)
      return (middleX + dx + xx * x + xy * y, middleY + dy + yx * x + yy * y)
    }
  }
}
