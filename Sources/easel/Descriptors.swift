// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The standard streams by their descriptors.
enum Descriptors {
  /// Writes a line to standard error.
  static func complain(_ line: String) {
    send(line + "\n", to: STDERR_FILENO)
  }

  /// Writes a text to standard output.
  static func print(_ text: String) {
    send(text, to: STDOUT_FILENO)
  }

  /// Writes as much of a text as somebody reads.
  private static func send(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// All that can be read from `descriptor`; nil, with the reason in `errno`, when reading fails.
  static func contents(of descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
    }
  }
}
