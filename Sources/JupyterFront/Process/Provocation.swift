// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Ways to go wrong on purpose, so that last words and native output can be tested.
///
/// `%provoke NAME` runs one, only in a kernel that was started with `EASEL_TRAPS=1` in its environment.
enum Provocation: String, CaseIterable {
  /// An integer overflow.
  case overflow
  /// An index outside an array.
  case bounds
  /// A missing value.
  case missing
  /// A fatal error with a message.
  case fatal
  /// Endless recursion.
  case stack
  /// An address where nothing is.
  case null
  /// The C library's way to give up.
  case abort
  /// A line on each of the process's own streams, through the C library.
  case print
  /// Two million bytes on the process's own standard output.
  case flood
  /// A call that takes five seconds and listens to nobody.
  case deaf

  /// The one that a cell asks for.
  init?(cell: String) {
    let words = cell.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0] == "%provoke" else { return nil }
    self.init(rawValue: String(words[1]))
  }

  /// Does it; returns only from what does not end the process.
  func run() {
    // Counted at run time, so that the compiler cannot see the end coming.
    let count = CommandLine.arguments.count
    switch self {
    // Printed, so that the optimizer may not leave the sum out; it is never reached.
    case .overflow: Swift.print(Int.max + count)
    case .bounds: _ = [1, 2][count + 2]
    case .missing: _ = Self.missing(count)
    case .fatal: fatalError("provoked")
    case .stack: trap_provoke(0)
    case .null: trap_provoke(SIGSEGV)
    case .abort: trap_provoke(SIGABRT)
    case .print:
      puts("printed by native code")
      perror("an error of native code")
    case .flood:
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
      for _ in 0..<2000 { _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) } }
    case .deaf:
      let end = ContinuousClock.now + .seconds(5)
      while ContinuousClock.now < end {}
    }
  }

  private static func missing(_ count: Int) -> Int {
    let nothing: Int? = count > 0 ? nil : 1
    guard let nothing else { preconditionFailure("provoked: a value is missing") }
    return nothing
  }
}
