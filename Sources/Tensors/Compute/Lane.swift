// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The chunks of one job that a thread has before it as long as nobody helps.
///
/// One word holds the job's number, the next chunk and the end, so that a thread that comes late, when the job is done
/// and the lane belongs to another, cannot take anything. Padded, so that lanes do not share a cache line.
struct Lane: ~Copyable {
  private let ticket = Atomic<UInt64>(0)
  private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0)

  /// Puts the chunks from `first` up to `end` of a job before the thread.
  func open(_ job: UInt32, _ first: Int, _ end: Int) {
    ticket.store(UInt64(job) << 32 | UInt64(first) << 16 | UInt64(end), ordering: .releasing)
  }

  /// The next chunk of a job, or nil when none is left or the lane belongs to another job.
  func take(_ job: UInt32) -> Int? {
    var now = ticket.load(ordering: .acquiring)
    while true {
      let next = now >> 16 & 0xFFFF
      guard now >> 32 == UInt64(job), next < now & 0xFFFF else { return nil }
      let (exchanged, found) = ticket.compareExchange(
        expected: now, desired: now + (1 << 16), ordering: .acquiringAndReleasing)
      if exchanged { return Int(next) }
      now = found
    }
  }
}
