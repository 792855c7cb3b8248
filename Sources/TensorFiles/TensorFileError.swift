// SPDX-License-Identifier: Apache-2.0

/// Everything that can be wrong with a file of tensors.
public enum TensorFileError: Error, Sendable, Equatable {
  /// The file cannot be opened or read; the reason is the system's.
  case unreadable(path: String, reason: String)
  /// The file cannot be written; the reason is the system's.
  case unwritable(path: String, reason: String)
  /// The bytes are not what the format asks for; `what` says where and how.
  case malformed(format: String, what: String)
  /// The file is well formed but holds something that cannot be read here, such as complex numbers.
  case unsupported(format: String, what: String)
  /// The file has no array of this name.
  case missing(name: String, present: [String])
  /// The contents do not fit in memory.
  case tooLarge(bytes: Int)
}

extension TensorFileError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
    case .malformed(let format, let what): "this is no \(format) file, or it is damaged: \(what)"
    case .unsupported(let format, let what): "this \(format) file holds what cannot be read: \(what)"
    case .missing(let name, let present): "there is no array \(name), only \(present.joined(separator: ", "))"
    case .tooLarge(let bytes): "the contents take \(bytes) bytes, more memory than there is"
    }
  }
}
