// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization
import Testing

/// A terminal without a screen: the test types on one side, the program reads on the other.
public final class PseudoTerminal: Sendable {
  /// The descriptor of the side where the person sits.
  public let main: Int32
  /// The descriptor that the program takes for its terminal.
  public let side: Int32
  private let seen = Mutex("")

  /// Opens a terminal of 80 columns and 24 rows; nil when the system has none left.
  public init?() {
    // The requests of ptmx that Glibc's module leaves out: unlock the other side, tell its number.
    let unlock: UInt = 0x4004_5431
    let number: UInt = 0x8004_5430
    var zero: Int32 = 0
    var index: UInt32 = 0
    main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard main >= 0, ioctl(main, unlock, &zero) == 0, ioctl(main, number, &index) == 0 else { return nil }
    side = open("/dev/pts/\(index)", O_RDWR | O_NOCTTY)
    guard side >= 0 else { return nil }
    resize(columns: 80, rows: 24)
  }

  /// Gives the terminal another size.
  public func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(main, UInt(TIOCSWINSZ), &size)
  }

  deinit {
    close(main)
    close(side)
  }

  /// Types `keys`.
  public func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(main, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Reads what the program draws until `text` has come, and returns everything drawn since the last call; nil when
  /// it does not come within ten seconds.
  @discardableResult
  public func wait(for text: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let all = seen.withLock { $0 }
      if all.contains(text) {
        seen.withLock { $0 = "" }
        return all
      }
      var watched = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, 10_000) > 0 else {
        Issue.record("waited for \(text.debugDescription), saw \(all.debugDescription)")
        return nil
      }
      let count = read(main, &buffer, buffer.count)
      guard count > 0 else { return nil }
      let piece = String(decoding: buffer.prefix(count), as: UTF8.self)
      seen.withLock { $0 += piece }
    }
  }
}
