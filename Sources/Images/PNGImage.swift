// SPDX-License-Identifier: Apache-2.0
import CPNG

/// One use of libpng's simplified interface.
///
/// libpng remembers the address of its `png_image`, so it stays in one place of the heap.
@safe struct PNGImage: ~Copyable {
  private let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)

  init() {
    unsafe image.initialize(to: unsafe png_image())
    unsafe image.pointee.version = UInt32(PNG_IMAGE_VERSION)
  }

  deinit {
    unsafe png_image_free(image)
    unsafe image.deallocate()
  }

  /// The picture in a file of at most `limit` pixels.
  func read(_ file: UnsafeRawBufferPointer, limit: Int) throws(ImageError) -> Bitmap {
    guard unsafe png_image_begin_read_from_memory(image, file.baseAddress, file.count) != 0 else {
      throw .damaged(reason: message)
    }
    let format = unsafe Bitmap.Format(png: image.pointee.format)
    let (width, height) = unsafe (Int(image.pointee.width), Int(image.pointee.height))
    let count = try Bitmap.byteCount(width: width, height: height, format: format, limit: limit)
    unsafe image.pointee.format = format.png
    // Sixteen bits without a stated gamma are sRGB like everything else, not linear light.
    unsafe image.pointee.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
    var pixels = [UInt8](repeating: 0, count: count)
    let done = unsafe pixels.withUnsafeMutableBytes { memory in
      unsafe png_image_finish_read(image, nil, memory.baseAddress, 0, nil)
    }
    guard done != 0 else { throw .damaged(reason: message) }
    return Bitmap(width: width, height: height, format: format, checked: pixels)
  }

  /// Writes a picture into `memory` and returns how many bytes it took.
  func write(
    _ bitmap: Bitmap, _ pixels: UnsafeRawBufferPointer, to memory: UnsafeMutableRawBufferPointer, isQuick: Bool
  ) throws(ImageError) -> Int {
    unsafe image.pointee.width = UInt32(bitmap.width)
    unsafe image.pointee.height = UInt32(bitmap.height)
    unsafe image.pointee.format = bitmap.format.png
    if isQuick { unsafe image.pointee.flags |= UInt32(PNG_IMAGE_FLAG_FAST) }
    var size = UInt(memory.count)
    let done = unsafe png_image_write_to_memory(image, memory.baseAddress, &size, 0, pixels.baseAddress, 0, nil)
    guard done != 0 else { throw .cannotEncode(reason: message) }
    return Int(size)
  }

  /// What libpng said of its last failure.
  private var message: String {
    unsafe withUnsafeBytes(of: image.pointee.message) { text in
      unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension Bitmap.Format {
  /// libpng's number for the format, eight bits a channel.
  fileprivate var png: UInt32 {
    switch self {
    case .grey: 0
    case .rgb: UInt32(PNG_FORMAT_FLAG_COLOR)
    case .rgba: UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    }
  }

  /// The format that keeps what a file has.
  fileprivate init(png format: UInt32) {
    if format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0 {
      self = .rgba
    } else {
      self = format & UInt32(PNG_FORMAT_FLAG_COLOR) != 0 ? .rgb : .grey
    }
  }
}
