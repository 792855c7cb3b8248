// SPDX-License-Identifier: Apache-2.0

/// A text that was entered or read, with its name; diagnostics point into it.
///
/// Positions are UTF-8 byte offsets. Invalid UTF-8 was replaced by U+FFFD when the `String` was made.
public final class SourceText: Sendable {
  /// Where the text came from, such as `[7]` for the seventh input or `lesson.easel` for a file.
  public let name: String
  /// Whether the text is a file, so that messages name it with the line.
  public let isFile: Bool
  /// The bytes.
  public let bytes: [UInt8]
  /// Offset of the first byte of each line.
  private let lineStarts: [Int]

  /// Keeps `text` under `name`.
  public init(_ text: String, name: String = "", isFile: Bool = false) {
    self.name = name
    self.isFile = isFile
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 10 { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// The whole text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text of a span; offsets outside the text are clamped.
  public func text(of span: SourceSpan) -> String {
    let start = min(max(span.start, 0), bytes.count)
    let end = min(max(span.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The line, counted from 1, that holds `offset`.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line, counted from 1, without its newline.
  public func span(ofLine line: Int) -> SourceSpan {
    let index = min(max(line, 1), lineStarts.count) - 1
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == 13 { end -= 1 }
    return SourceSpan(start, end)
  }
}
