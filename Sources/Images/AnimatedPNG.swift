// SPDX-License-Identifier: Apache-2.0
import Zlib

/// Animated PNG files: several pictures of one size, shown one after the other.
///
/// Portable Network Graphics (third edition), W3C 2025: `acTL` tells how many frames there are, an `fcTL` stands before
/// each, and the pixels of all but the first are in `fdAT`. What knows no animation shows the first picture.
public enum AnimatedPNG {
  /// Writes pictures as one file.
  ///
  /// - Parameters:
  ///   - frames: Pictures of one size and format, 1 … 10 000.
  ///   - milliseconds: How long each is shown, 1 … 65 535.
  ///   - lastMilliseconds: How long the last one is shown; nil for as long as the others.
  ///   - plays: How often it runs; 0 for without end.
  /// - Returns: The file: the same bytes for the same pictures and versions of libpng and zlib.
  /// - Throws: `ImageError.emptySide` without frames or with too many, `.cannotEncode` for frames that differ.
  public static func encode(
    _ frames: [Bitmap], milliseconds: Int, lastMilliseconds: Int? = nil, plays: Int = 0
  ) throws(ImageError) -> [UInt8] {
    guard let first = frames.first, frames.count <= 10_000 else { throw .emptySide(width: 0, height: 0) }
    var file = PNGFile.signature
    var number: UInt32 = 0
    var header: [UInt8] = []
    for (index, frame) in frames.enumerated() {
      guard (frame.width, frame.height) == (first.width, first.height), frame.format == first.format else {
        throw .cannotEncode(reason: "frame \(index) has another size or format than the first")
      }
      let chunks = try chunks(of: PNGFile.encode(frame))
      if index == 0 {
        header = chunks.first { $0.type == "IHDR" }?.data ?? []
        for chunk in chunks.prefix(while: { $0.type != "IDAT" }) { append(chunk, to: &file) }
        append(Chunk("acTL", bytes(UInt32(frames.count)) + bytes(UInt32(clamping: plays))), to: &file)
      }
      guard chunks.first?.data == header else { throw .cannotEncode(reason: "frame \(index) was written another way") }
      let time = index == frames.count - 1 ? lastMilliseconds ?? milliseconds : milliseconds
      append(control(frame, number: number, milliseconds: time), to: &file)
      number += 1
      for chunk in chunks where chunk.type == "IDAT" {
        guard index > 0 else {
          append(chunk, to: &file)
          continue
        }
        append(Chunk("fdAT", bytes(number) + chunk.data), to: &file)
        number += 1
      }
    }
    append(Chunk("IEND", []), to: &file)
    return file
  }

  /// How a frame is shown: over the whole picture, in place of what was there.
  private static func control(_ frame: Bitmap, number: UInt32, milliseconds: Int) -> Chunk {
    let size = bytes(UInt32(frame.width)) + bytes(UInt32(frame.height))
    let time = UInt16(clamping: max(1, milliseconds))
    let delay = [UInt8(time >> 8), UInt8(truncatingIfNeeded: time), UInt8(1000 >> 8), UInt8(1000 & 255)]
    return Chunk("fcTL", bytes(number) + size + bytes(0) + bytes(0) + delay + [0, 0])
  }

  // MARK: Chunks

  private struct Chunk {
    let type: String
    let data: [UInt8]

    init(_ type: String, _ data: [UInt8]) {
      self.type = type
      self.data = data
    }
  }

  /// The chunks of a file that we wrote ourselves.
  private static func chunks(of file: [UInt8]) throws(ImageError) -> [Chunk] {
    var chunks: [Chunk] = []
    var rest = file.dropFirst(PNGFile.signature.count)
    while rest.count >= 12 {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 12 + length else { break }
      let type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
      chunks.append(Chunk(type, Array(rest.dropFirst(8).prefix(length))))
      rest = rest.dropFirst(12 + length)
    }
    guard rest.isEmpty, chunks.last?.type == "IEND" else { throw .cannotEncode(reason: "its chunks do not add up") }
    return chunks
  }

  private static func append(_ chunk: Chunk, to file: inout [UInt8]) {
    let content = Array(chunk.type.utf8) + chunk.data
    file += bytes(UInt32(chunk.data.count)) + content + bytes(CRC32.checksum(of: content))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
  }
}
