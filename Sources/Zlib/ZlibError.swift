// SPDX-License-Identifier: Apache-2.0

/// Why a compressed stream could not be read or written.
public enum ZlibError: Error, Sendable, Hashable {
  /// The stream ends before its end mark.
  case truncated
  /// The stream breaks the format, or a checksum does not match; `offset` is how far it had been read.
  case corrupt(offset: Int)
  /// The content is larger than the caller allows.
  case tooLarge(limit: Int)
  /// Bytes follow the end of the stream.
  case trailingBytes(count: Int)
  /// The stream was made with a preset dictionary, which is not available here.
  case needsDictionary
  /// There was not enough memory.
  case outOfMemory
}

extension ZlibError: CustomStringConvertible {
  /// One sentence in English.
  public var description: String {
    switch self {
    case .truncated: "the compressed stream ends too early"
    case .corrupt(let offset): "the compressed stream is damaged near byte \(offset)"
    case .tooLarge(let limit): "the content is larger than the limit of \(limit) bytes"
    case .trailingBytes(let count): "\(count) bytes follow the end of the compressed stream"
    case .needsDictionary: "the compressed stream needs a preset dictionary"
    case .outOfMemory: "not enough memory for the compressed stream"
    }
  }
}
