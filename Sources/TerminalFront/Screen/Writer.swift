// SPDX-License-Identifier: Apache-2.0
import Glibc
import LineEditor

/// Writes text to a descriptor, whole.
struct Writer {
  let descriptor: Int32

  /// Writes `text`; when nobody reads any more the process ends as the broken pipe would have ended it.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
        if count > 0 {
          sent += count
        } else if errno == EAGAIN {
          var writable = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&writable, 1, -1)
        } else if errno != EINTR {
          leave(errno)
          return
        }
      }
    }
  }

  private func leave(_ error: Int32) {
    guard error == EPIPE else { return }
    Terminal.restore()
    _exit(128 + SIGPIPE)
  }
}
