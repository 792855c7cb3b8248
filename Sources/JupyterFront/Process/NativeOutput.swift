// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import KernelSession

/// Catches what code outside Easel prints on the process's own standard output and error.
///
/// Both are pipes that the I/O thread reads; it never writes to them itself, so a full pipe cannot stop it.
final class NativeOutput {
  /// One of the two.
  private struct Pipe {
    let stream: Output.Stream
    let reading: Descriptor
    /// Bytes of a character whose rest has not come yet.
    var partial: [UInt8] = []
  }

  private var pipes: [Pipe]
  /// What was standard error before.
  let originalError: Descriptor

  /// Puts pipes in the place of standard output and error; nil when the system has no descriptors left.
  init?() {
    guard let original = Descriptor(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) else { return nil }
    originalError = original
    pipes = []
    fflush(nil)
    for (number, stream) in [(STDOUT_FILENO, Output.Stream.standardOutput), (STDERR_FILENO, .standardError)] {
      guard let reading = redirect(number) else { return nil }
      pipes.append(Pipe(stream: stream, reading: reading))
    }
    linux_buffer_lines()
  }

  /// The descriptors to poll.
  var descriptors: [Int32] { pipes.map(\.reading.number) }

  /// Reads what is there, about `limit` bytes of each at most.
  func read(limit: Int) -> [TextRun.Piece] {
    var pieces: [TextRun.Piece] = []
    for index in pipes.indices {
      var bytes = pipes[index].partial
      while bytes.count < limit {
        let more = pipes[index].reading.read(limit: 64 << 10)
        if more.isEmpty { break }
        bytes += more
      }
      pipes[index].partial = bytes.takeUnfinishedCharacter()
      if !bytes.isEmpty {
        pieces.append(TextRun.Piece(stream: pipes[index].stream, text: String(decoding: bytes, as: UTF8.self)))
      }
    }
    return pieces
  }
}

/// Makes `number` the writing end of a new pipe, and returns the reading end.
private func redirect(_ number: Int32) -> Descriptor? {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return nil }
  defer { close(ends[1]) }
  _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
  _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
  guard dup2(ends[1], number) == number else {
    close(ends[0])
    return nil
  }
  return Descriptor(ends[0])
}

extension [UInt8] {
  /// Takes off the bytes at the end that begin a UTF-8 character without ending it.
  mutating func takeUnfinishedCharacter() -> [UInt8] {
    for length in 1...3 where count >= length {
      let byte = self[count - length]
      if byte & 0xC0 == 0x80 { continue }
      let whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      guard whole > length else { return [] }
      defer { removeLast(length) }
      return Array(suffix(length))
    }
    return []
  }
}
