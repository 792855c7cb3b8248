// SPDX-License-Identifier: Apache-2.0
import Language
import Synchronization

/// A new content of a display that waits for its turn, because the one before is too young.
struct HeldDisplay: Sendable {
  /// The header of the request that shows it.
  let parent: [UInt8]
  /// When it may go out.
  let due: ContinuousClock.Instant
  /// Makes the frames; not called for a content that a newer one replaces.
  let frames: @Sendable () -> [[UInt8]]
}

/// How often one display may change: at most four times a second and 150,000 bytes a second.
final class DisplayPace: Sendable {
  private struct Last: Sendable {
    var sent: ContinuousClock.Instant?
    var bytes = 0
  }

  private static let interval = Duration.milliseconds(250)
  private static let bytesPerSecond = 150_000.0

  private let last = Mutex(Last())

  /// When the next content may go out; nil for at once.
  func due(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    last.withLock { last in
      guard let sent = last.sent else { return nil }
      let due = sent + max(Self.interval, .seconds(Double(last.bytes) / Self.bytesPerSecond))
      return due <= now ? nil : due
    }
  }

  /// Notes that a content of so many bytes goes out.
  func note(bytes: Int, now: ContinuousClock.Instant) {
    last.withLock { $0 = Last(sent: now, bytes: bytes) }
  }
}
