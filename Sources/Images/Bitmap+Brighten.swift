// SPDX-License-Identifier: Apache-2.0

extension Bitmap {
  /// The bitmap with every value multiplied by a fraction, up to white; opacity stays.
  ///
  /// - Parameters:
  ///   - numerator: More than the denominator for more light, not negative.
  ///   - denominator: At least 1.
  /// - Returns: A bitmap of the same size, in the same whole numbers on every machine.
  public func brightened(numerator: Int, denominator: Int) -> Bitmap {
    let table = (0...255).map { value in
      UInt8(min(255, (2 * value * numerator + denominator) / (2 * denominator)))
    }
    var result = self
    for index in result.pixels.indices where format != .rgba || index % 4 != 3 {
      result.pixels[index] = table[Int(pixels[index])]
    }
    return result
  }
}
