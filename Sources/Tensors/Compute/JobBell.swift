// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Tells waiting threads that there is a new job.
///
/// Unchecked: the words are only touched through atomic operations, which Swift's own do not offer together with
/// waiting in the kernel.
final class JobBell: @unchecked Sendable {
  /// The number of the latest job, and how many threads may be asleep; each on its own cache line.
  private let job: UnsafeMutablePointer<UInt32>
  private let sleepers: UnsafeMutablePointer<UInt32>

  init() {
    let words = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 64)
      .initializeMemory(as: UInt32.self, repeating: 0, count: 32)
    job = words
    sleepers = words + 16
  }

  /// The number that the next job will have.
  var next: UInt32 { signalLoad(job) &+ 1 }

  /// Starts the next job.
  func ring() {
    _ = signalAdd(job, 1)
    // Added, not loaded: the two must not change places, or a thread could fall asleep unseen.
    if signalAdd(sleepers, 0) > 0 { signalWakeAll(job) }
  }

  /// Waits until there is a job other than the one seen last, and returns its number.
  ///
  /// A short spin for the next operation of a step, then yielding for about a millisecond, then sleep.
  func wait(after seen: UInt32) -> UInt32 {
    for turn in 0..<1300 {
      let now = signalLoad(job)
      if now != seen { return now }
      if turn < 300 { processorPause() } else { processorYield() }
    }
    _ = signalAdd(sleepers, 1)
    defer { _ = signalAdd(sleepers, UInt32.max) }
    while true {
      let now = signalLoad(job)
      if now != seen { return now }
      signalWait(job, seen)
    }
  }
}
