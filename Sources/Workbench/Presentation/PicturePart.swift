// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language

/// Pictures as PNG for notebooks: pixels doubled, so that they stay sharp, and files of at most 200 KB.
enum PicturePart {
  private static let byteLimit = 200_000
  /// The widest that a picture is shown, in CSS pixels.
  private static let widest = 960

  /// The picture of a sheet; nil when it has none.
  static func of(_ sheet: Sheet, alt: String) -> MIMEPart? {
    guard let double = try? sheet.bitmap(scale: 2) else { return nil }
    let size = (width: double.width, height: double.height)
    var bitmap = double
    var file = try? PNGFile.encode(bitmap)
    var room = double.width / 2
    // Too large a file: single pixels, then smaller tiles, shown at the same size.
    while let bytes = file, bytes.count > byteLimit, room > 64 {
      guard let smaller = try? sheet.bitmap(scale: 1, fittingWidth: room) else { break }
      bitmap = smaller
      file = try? PNGFile.encode(bitmap)
      room = room * 3 / 4
    }
    return file.map { part($0, width: size.width, height: size.height, alt) }
  }

  /// The picture of a heat map; nil when it has none.
  static func of(_ map: HeatMap, alt: String) -> MIMEPart? {
    guard let whole = try? map.bitmap() else { return nil }
    var bitmap = whole
    var file = try? PNGFile.encode(bitmap)
    // Noise does not compress: fewer pixels, shown at the same size.
    while let bytes = file, bytes.count > byteLimit, max(bitmap.width, bitmap.height) > 64 {
      guard
        let smaller = try? bitmap.areaAveraged(
          width: max(1, bitmap.width * 3 / 4), height: max(1, bitmap.height * 3 / 4))
      else { break }
      bitmap = smaller
      file = try? PNGFile.encode(bitmap)
    }
    return file.map { part($0, width: whole.width, height: whole.height, alt) }
  }

  /// A picture as it is; nil when it cannot be written.
  static func of(_ bitmap: Bitmap, alt: String) -> MIMEPart? {
    (try? PNGFile.encode(bitmap)).map { part($0, width: bitmap.width, height: bitmap.height, alt) }
  }

  private static func part(_ file: [UInt8], width: Int, height: Int, _ alt: String) -> MIMEPart {
    let shownWidth = min(width, widest)
    let shownHeight = max(1, height * shownWidth / max(1, width))
    return MIMEPart(
      "image/png", .bytes(file), picture: PictureMetadata(width: shownWidth, height: shownHeight, alt: alt))
  }
}
