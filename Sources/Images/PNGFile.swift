// SPDX-License-Identifier: Apache-2.0

/// PNG files, from bytes and to bytes.
public enum PNGFile {
  /// The first eight bytes of every PNG file.
  public static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Reads a picture.
  ///
  /// Palettes, one to sixteen bits a channel and interlacing become eight bits a channel; grey stays grey, and grey
  /// with opacity becomes RGBA.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limit: The most pixels that the picture may have; the size is read before any memory is taken.
  /// - Returns: The picture.
  /// - Throws: `ImageError.notPNG`, `.damaged` or `.tooLarge`.
  public static func decode(_ bytes: [UInt8], limit: Int = Bitmap.pixelLimit) throws(ImageError) -> Bitmap {
    guard bytes.starts(with: signature) else { throw .notPNG }
    let result = unsafe bytes.withUnsafeBytes { file in
      Result { () throws(ImageError) in try unsafe PNGImage().read(file, limit: limit) }
    }
    return try result.get()
  }

  /// Reads any picture as grey, as `Bitmap.converted(to:)` describes.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limit: The most pixels that the picture may have.
  /// - Returns: The picture, one channel.
  /// - Throws: As `decode`.
  public static func decodeGrey(_ bytes: [UInt8], limit: Int = Bitmap.pixelLimit) throws(ImageError) -> Bitmap {
    try decode(bytes, limit: limit).converted(to: .grey)
  }

  /// Writes a picture.
  ///
  /// - Parameters:
  ///   - bitmap: The picture.
  ///   - isQuick: Whether a larger file is taken for half the time: for lines on an empty ground, which are small anyway.
  /// - Returns: The file: the same bytes for the same bitmap and versions of libpng and zlib, without a time or a name.
  /// - Throws: `ImageError.cannotEncode` when memory is short.
  public static func encode(_ bitmap: Bitmap, isQuick: Bool = false) throws(ImageError) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: sizeBound(bitmap))
    let result = unsafe bitmap.pixels.withUnsafeBytes { pixels in
      unsafe file.withUnsafeMutableBytes { memory in
        Result { () throws(ImageError) in try unsafe PNGImage().write(bitmap, pixels, to: memory, isQuick: isQuick) }
      }
    }
    file.removeLast(file.count - (try result.get()))
    return file
  }

  /// More bytes than any file of this bitmap takes: rows with their filter byte, what deflate may add, and the chunks.
  private static func sizeBound(_ bitmap: Bitmap) -> Int {
    let raw = bitmap.height * (bitmap.width * bitmap.format.channels + 1)
    return raw + raw / 8 + raw / 64 + 1024
  }
}
