// SPDX-License-Identifier: Apache-2.0

extension Bitmap {
  /// Fills a rectangle with one colour; what lies outside the bitmap is left out.
  ///
  /// - Parameters:
  ///   - color: A byte for each channel.
  ///   - x: Left column.
  ///   - y: Top row.
  ///   - width: Width in pixels.
  ///   - height: Height in pixels.
  public mutating func fill(_ color: [UInt8], x: Int, y: Int, width: Int, height: Int) {
    precondition(color.count == format.channels, "a colour has one byte for each channel of the bitmap")
    let columns = Self.overlap(x, width, self.width)
    for row in Self.overlap(y, height, self.height) {
      for column in columns {
        let start = (row * self.width + column) * format.channels
        for channel in 0..<format.channels { pixels[start + channel] = color[channel] }
      }
    }
  }

  /// Puts another bitmap on this one, replacing what was there; what lies outside is left out.
  ///
  /// - Parameters:
  ///   - other: The bitmap to put, of the same format.
  ///   - x: The column of its left edge.
  ///   - y: The row of its top edge.
  public mutating func paste(_ other: Bitmap, x: Int, y: Int) {
    precondition(other.format == format, "both bitmaps have the same format")
    let columns = Self.overlap(x, other.width, width)
    guard !columns.isEmpty else { return }
    for row in Self.overlap(y, other.height, height) {
      let target = (row * width + columns.lowerBound) * format.channels
      let source = ((row - y) * other.width + columns.lowerBound - x) * format.channels
      let count = columns.count * format.channels
      for offset in 0..<count { pixels[target + offset] = other.pixels[source + offset] }
    }
  }

  /// The part of `start ..< start + length` that lies in `0 ..< limit`.
  private static func overlap(_ start: Int, _ length: Int, _ limit: Int) -> Range<Int> {
    let (end, overflow) = start.addingReportingOverflow(max(0, length))
    let lower = min(max(0, start), limit)
    return lower..<max(lower, min(overflow ? limit : end, limit))
  }
}
