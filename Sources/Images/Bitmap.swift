// SPDX-License-Identifier: Apache-2.0

/// A picture of eight bits a channel, row by row from the top left.
public struct Bitmap: Sendable, Hashable {
  /// The channels of a pixel.
  public enum Format: Int, Sendable, CaseIterable {
    /// One channel, 0 black … 255 white.
    case grey = 1
    /// Red, green, blue.
    case rgb = 3
    /// Red, green, blue and opacity, not multiplied into the colours.
    case rgba = 4

    /// How many bytes a pixel takes.
    public var channels: Int { rawValue }
  }

  /// The most pixels that a bitmap may have unless a caller asks for less: 64 Mi.
  public static let pixelLimit = 1 << 26

  /// Width in pixels, at least 1.
  public let width: Int
  /// Height in pixels, at least 1.
  public let height: Int
  /// The channels of a pixel.
  public let format: Format
  /// The bytes, `height × width × channels` of them.
  public internal(set) var pixels: [UInt8]

  /// Makes a bitmap of one colour.
  ///
  /// - Parameters:
  ///   - width: Width in pixels.
  ///   - height: Height in pixels.
  ///   - format: The channels of a pixel.
  ///   - value: The value of every channel; 255 is white and opaque, 0 black, with alpha transparent.
  /// - Throws: `ImageError.emptySide` or `.tooLarge`.
  public init(width: Int, height: Int, format: Format, filledWith value: UInt8 = 0) throws(ImageError) {
    let count = try Self.byteCount(width: width, height: height, format: format)
    self.init(width: width, height: height, format: format, checked: [UInt8](repeating: value, count: count))
  }

  /// Makes a bitmap of given bytes.
  ///
  /// - Parameters:
  ///   - width: Width in pixels.
  ///   - height: Height in pixels.
  ///   - format: The channels of a pixel.
  ///   - pixels: The bytes, `height × width × channels` of them.
  /// - Throws: `ImageError.emptySide`, `.tooLarge` or `.wrongCount`.
  public init(width: Int, height: Int, format: Format, pixels: [UInt8]) throws(ImageError) {
    let count = try Self.byteCount(width: width, height: height, format: format)
    guard pixels.count == count else { throw .wrongCount(expected: count, found: pixels.count) }
    self.init(width: width, height: height, format: format, checked: pixels)
  }

  /// Makes a bitmap whose size was checked already.
  init(width: Int, height: Int, format: Format, checked pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.format = format
    self.pixels = pixels
  }

  /// The bytes of one pixel.
  ///
  /// - Parameters:
  ///   - x: Column, 0 … `width` − 1.
  ///   - y: Row, 0 … `height` − 1.
  public subscript(x: Int, y: Int) -> ArraySlice<UInt8> {
    let start = (y * width + x) * format.channels
    return pixels[start..<(start + format.channels)]
  }

  /// The number of bytes of a bitmap, once its sides are known to be sound.
  static func byteCount(
    width: Int, height: Int, format: Format, limit: Int = pixelLimit
  ) throws(ImageError) -> Int {
    guard width > 0, height > 0 else { throw .emptySide(width: width, height: height) }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= min(limit, pixelLimit) else {
      throw .tooLarge(width: width, height: height, limit: min(limit, pixelLimit))
    }
    return count * format.channels
  }
}
