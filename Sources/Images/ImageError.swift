// SPDX-License-Identifier: Apache-2.0

/// Why a picture could not be made, read or written.
public enum ImageError: Error, Sendable, Hashable {
  /// The bytes do not begin as a PNG file does.
  case notPNG
  /// The file is a PNG file, but damaged, cut short or beyond libpng; `reason` is libpng's.
  case damaged(reason: String)
  /// The picture has more pixels than allowed.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// A side is not positive.
  case emptySide(width: Int, height: Int)
  /// The number of values does not fit the size.
  case wrongCount(expected: Int, found: Int)
  /// There was not enough memory to write the file.
  case cannotEncode(reason: String)
}

extension ImageError: CustomStringConvertible {
  /// One sentence in English.
  public var description: String {
    switch self {
    case .notPNG: "this is not a PNG file"
    case .damaged(let reason): "the PNG file is damaged (\(reason))"
    case .tooLarge(let width, let height, let limit):
      "a picture of \(width) × \(height) pixels is larger than the limit of \(limit) pixels"
    case .emptySide(let width, let height): "a picture of \(width) × \(height) pixels has no pixels"
    case .wrongCount(let expected, let found): "the picture needs \(expected) values and got \(found)"
    case .cannotEncode(let reason): "the picture could not be written as PNG (\(reason))"
    }
  }
}
