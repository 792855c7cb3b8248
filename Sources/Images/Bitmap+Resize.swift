// SPDX-License-Identifier: Apache-2.0

extension Bitmap {
  /// The bitmap with every pixel repeated `factor` times in both directions.
  ///
  /// - Parameter factor: How often, at least 1.
  /// - Returns: A bitmap of `factor × width` by `factor × height` pixels.
  /// - Throws: `ImageError.tooLarge`.
  public func enlarged(by factor: Int) throws(ImageError) -> Bitmap {
    try enlarged(across: factor, down: factor)
  }

  /// The bitmap with every pixel repeated, not as often in both directions.
  ///
  /// - Parameters:
  ///   - across: How often along a row, at least 1.
  ///   - down: How often along a column, at least 1.
  /// - Returns: A bitmap of `across × width` by `down × height` pixels.
  /// - Throws: `ImageError.tooLarge`.
  public func enlarged(across: Int, down: Int) throws(ImageError) -> Bitmap {
    let (across, down) = (max(1, across), max(1, down))
    let (newWidth, wide) = width.multipliedReportingOverflow(by: across)
    let (newHeight, high) = height.multipliedReportingOverflow(by: down)
    guard !wide, !high else { throw .tooLarge(width: width, height: height, limit: Self.pixelLimit) }
    let count = try Self.byteCount(width: newWidth, height: newHeight, format: format)
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var line: [UInt8] = []
    for row in 0..<height {
      line.removeAll(keepingCapacity: true)
      for column in 0..<width {
        let start = (row * width + column) * format.channels
        for _ in 0..<across {
          for channel in 0..<format.channels { line.append(pixels[start + channel]) }
        }
      }
      for _ in 0..<down { result.append(contentsOf: line) }
    }
    return Bitmap(width: newWidth, height: newHeight, format: format, checked: result)
  }

  /// The bitmap at another size, each new pixel the average of the area that it covers.
  ///
  /// The averages are of whole numbers, rounded half up, so they are the same on every machine; colours are weighted
  /// by their opacity.
  ///
  /// - Parameters:
  ///   - newWidth: Width in pixels, at least 1.
  ///   - newHeight: Height in pixels, at least 1.
  /// - Returns: A bitmap of that size.
  /// - Throws: `ImageError.emptySide` or `.tooLarge`.
  public func areaAveraged(width newWidth: Int, height newHeight: Int) throws(ImageError) -> Bitmap {
    let count = try Self.byteCount(width: newWidth, height: newHeight, format: format)
    if newWidth == width, newHeight == height { return self }
    let across = Coverage.table(from: width, to: newWidth)
    let down = Coverage.table(from: height, to: newHeight)
    var result: [UInt8] = []
    result.reserveCapacity(count)
    for row in down {
      for column in across { appendAverage(across: column, down: row, to: &result) }
    }
    return Bitmap(width: newWidth, height: newHeight, format: format, checked: result)
  }

  private func appendAverage(across: Coverage, down: Coverage, to result: inout [UInt8]) {
    var sums = (0, 0, 0, 0)
    var total = 0
    for (y, high) in down.sources {
      for (x, wide) in across.sources {
        let start = (y * width + x) * format.channels
        let alpha = format == .rgba ? Int(pixels[start + 3]) : 1
        let weight = wide * high
        sums.0 += weight * alpha * Int(pixels[start])
        if format != .grey {
          sums.1 += weight * alpha * Int(pixels[start + 1])
          sums.2 += weight * alpha * Int(pixels[start + 2])
        }
        sums.3 += weight * alpha
        total += weight
      }
    }
    func average(_ sum: Int, of weight: Int) -> UInt8 { weight == 0 ? 0 : UInt8((2 * sum + weight) / (2 * weight)) }
    result.append(average(sums.0, of: sums.3))
    if format == .grey { return }
    result.append(average(sums.1, of: sums.3))
    result.append(average(sums.2, of: sums.3))
    if format == .rgba { result.append(average(sums.3, of: total)) }
  }
}

/// The source pixels that one new pixel covers, with their shares in whole numbers.
private struct Coverage {
  var sources: [(index: Int, weight: Int)] = []

  /// One coverage for each new pixel along a side.
  static func table(from old: Int, to new: Int) -> [Coverage] {
    (0..<new).map { position in
      // In units of 1/new of an old pixel: old pixel s spans s·new ..< (s+1)·new, the new one position·old ..< …+old.
      let lower = position * old
      let upper = lower + old
      var coverage = Coverage()
      for source in (lower / new)...((upper - 1) / new) {
        let weight = min(upper, (source + 1) * new) - max(lower, source * new)
        coverage.sources.append((source, weight))
      }
      return coverage
    }
  }
}
