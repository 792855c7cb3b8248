// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Pictures as files of the working folder, for terminals that show none.
enum PictureFile {
  /// Writes a file `easel-001.png` under the first number that is free.
  ///
  /// - Returns: Its name; nil when the folder cannot be written.
  static func writeNext(_ bytes: [UInt8]) -> String? {
    for number in 1...999 {
      let digits = String(number)
      let name = "easel-" + String(repeating: "0", count: 3 - digits.utf8.count) + digits + ".png"
      // Never over a file that is there: somebody may have meant to keep it.
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor < 0 {
        if errno == EEXIST { continue }
        return nil
      }
      defer { close(descriptor) }
      return write(bytes, to: descriptor) ? name : nil
    }
    return nil
  }

  /// Writes all bytes; false when the file does not take them.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
