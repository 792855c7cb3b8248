// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// What a kernel that is a process of its own also listens to.
final class ProcessLinks {
  let signals: Signals
  let parent: ParentWatch
  let native: NativeOutput?
  let traps: TrapReports

  /// Takes over the signals, the output and the traps of the process.
  init(signals: Signals, parent: ParentWatch) {
    self.signals = signals
    self.parent = parent
    native = NativeOutput()
    traps = TrapReports()
  }
}

/// Hears from a thread that ran into a trap.
final class TrapReports {
  /// Seconds after which a process whose last words get stuck is killed.
  private static let grace: UInt32 = 3

  let reading: Descriptor?
  private let writing: Descriptor?

  init() {
    var ends: [Int32] = [-1, -1]
    if linux_pipe(&ends) != 0 { ends = [-1, -1] }
    reading = Descriptor(ends[0])
    writing = Descriptor(ends[1])
  }

  /// Catches the traps of every thread but this one.
  func begin() {
    guard let writing else { return }
    _ = trap_reports_begin(writing.number, Self.grace)
  }

  /// The report of a thread, when there is one.
  func next() -> trap_report? {
    guard let reading else { return nil }
    var report = trap_report()
    let size = MemoryLayout<trap_report>.size
    guard Glibc.read(reading.number, &report, size) == size else { return nil }
    return report
  }
}
