// SPDX-License-Identifier: Apache-2.0
import Glibc
import LineEditor

/// Asks the terminal something and reads its answer.
///
/// Keys that the user types meanwhile are given back to the line editor.
struct TerminalQuery {
  /// How long a terminal may take to answer.
  static let limit = 100
  let input: Int32
  let output: Int32

  /// The answer up to where `isEnd` finds it whole; nil when it does not come in time or this is no foreground
  /// terminal.
  func ask(_ question: String, until isEnd: ([UInt8]) -> Range<Int>?) -> [UInt8]? {
    guard isatty(input) == 1, tcgetpgrp(input) == getpgrp(), let modes = rawModes() else { return nil }
    defer { restore(modes) }
    write(question)
    var heard: [UInt8] = []
    let start = Clock.now()
    while let byte = nextByte(before: start + Double(TerminalQuery.limit) / 1000) {
      heard.append(byte)
      if let answer = isEnd(heard) {
        LineEditor.pushBack(Array(heard[..<answer.lowerBound]))
        return Array(heard[answer])
      }
    }
    LineEditor.pushBack(heard)
    return nil
  }

  /// Puts the terminal into the modes for a question, and returns the ones it had.
  private func rawModes() -> termios? {
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else { return nil }
    var raw = modes
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON)
    guard tcsetattr(input, TCSANOW, &raw) == 0 else { return nil }
    return modes
  }

  private func restore(_ modes: termios) {
    var modes = modes
    tcsetattr(input, TCSANOW, &modes)
  }

  /// Writes to the terminal.
  func write(_ question: String) {
    let bytes = Array(question.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
  }

  private func nextByte(before deadline: Double) -> UInt8? {
    var watched = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    let left = deadline - Clock.now()
    guard left > 0, poll(&watched, 1, Int32((left * 1000).rounded(.up))) > 0 else { return nil }
    var byte: UInt8 = 0
    return read(input, &byte, 1) == 1 ? byte : nil
  }
}

/// Seconds on a clock that never goes back.
enum Clock {
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
