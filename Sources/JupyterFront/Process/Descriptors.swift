// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32

  init?(_ number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Reads what is there, at most `limit` bytes; empty when there is nothing.
  func read(limit: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var result: Int
      repeat { result = Glibc.read(number, buffer.baseAddress, limit) } while result == -1 && errno == EINTR
      count = max(0, result)
    }
  }

  /// Writes all bytes, however often it takes; false when that fails.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let result = bytes.withUnsafeBytes { buffer in
        Glibc.write(number, buffer.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if result > 0 {
        done += result
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}

/// Wakes a thread that polls, from any other.
final class Bell: Sendable {
  let descriptor: Descriptor

  init?() {
    guard let descriptor = Descriptor(linux_event_descriptor()) else {
      return nil
    }
    self.descriptor = descriptor
  }

  /// Makes the descriptor readable.
  func ring() {
    var one: UInt64 = 1
    _ = Glibc.write(descriptor.number, &one, 8)
  }

  /// Makes it silent again.
  func hush() {
    var rings: UInt64 = 0
    _ = Glibc.read(descriptor.number, &rings, 8)
  }
}
