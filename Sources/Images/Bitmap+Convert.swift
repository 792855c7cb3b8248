// SPDX-License-Identifier: Apache-2.0

extension Bitmap {
  /// Makes a bitmap of numbers: the ends of `range` become 0 and 255, what lies beyond is cut off.
  ///
  /// - Parameters:
  ///   - width: Width in pixels.
  ///   - height: Height in pixels.
  ///   - values: One number a pixel for grey, or three planes (red, green, blue) of `height × width` numbers. NaN
  ///     counts as the lower end.
  ///   - range: The values that become black and white. An empty range makes everything black.
  /// - Throws: `ImageError.emptySide`, `.tooLarge` or `.wrongCount`.
  public init(width: Int, height: Int, values: some Collection<Float>, range: ClosedRange<Float>) throws(ImageError) {
    let count = try Self.byteCount(width: width, height: height, format: .grey)
    let format: Format = values.count == 3 * count ? .rgb : .grey
    guard values.count == count * format.channels else { throw .wrongCount(expected: count, found: values.count) }
    let span = range.upperBound - range.lowerBound
    let scale = span > 0 && span.isFinite ? 255 / span : 0
    func byte(_ value: Float) -> UInt8 {
      let scaled = (value - range.lowerBound) * scale
      // NaN fails both comparisons.
      return scaled > 0 ? UInt8(min(scaled, 255).rounded()) : 0
    }
    if format == .grey {
      self.init(width: width, height: height, format: .grey, checked: values.map(byte))
    } else {
      let planes = values.map(byte)
      var pixels = [UInt8](repeating: 0, count: planes.count)
      for channel in 0..<3 {
        for index in 0..<count { pixels[3 * index + channel] = planes[channel * count + index] }
      }
      self.init(width: width, height: height, format: .rgb, checked: pixels)
    }
  }

  /// The bitmap in another format.
  ///
  /// Colours become grey by the weights of ITU-R BT.601 (0.299, 0.587, 0.114), as is customary for data sets;
  /// what is transparent is put on black.
  public func converted(to format: Format) -> Bitmap {
    if format == self.format { return self }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * format.channels)
    for start in stride(from: 0, to: pixels.count, by: self.format.channels) {
      let (color, alpha) = components(at: start)
      switch format {
      case .grey: result.append(Self.luma(color, alpha))
      case .rgb: result += [Self.over(color.0, alpha), Self.over(color.1, alpha), Self.over(color.2, alpha)]
      case .rgba: result += [color.0, color.1, color.2, alpha]
      }
    }
    return Bitmap(width: width, height: height, format: format, checked: result)
  }

  private func components(at start: Int) -> (color: (UInt8, UInt8, UInt8), alpha: UInt8) {
    switch format {
    case .grey: ((pixels[start], pixels[start], pixels[start]), 255)
    case .rgb: ((pixels[start], pixels[start + 1], pixels[start + 2]), 255)
    case .rgba: ((pixels[start], pixels[start + 1], pixels[start + 2]), pixels[start + 3])
    }
  }

  private static func over(_ value: UInt8, _ alpha: UInt8) -> UInt8 {
    UInt8((2 * Int(value) * Int(alpha) + 255) / 510)
  }

  private static func luma(_ color: (UInt8, UInt8, UInt8), _ alpha: UInt8) -> UInt8 {
    let weighted = 299 * Int(color.0) + 587 * Int(color.1) + 114 * Int(color.2)
    return UInt8((2 * weighted * Int(alpha) + 255_000) / 510_000)
  }
}
