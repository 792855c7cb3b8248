// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Synchronization

/// Lines for whoever looks after the kernel.
///
/// Quiet unless something is wrong; never says a key.
public final class Log: Sendable {
  /// How much is said.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    /// Every message that comes and goes.
    case debug
    /// What happens seldom and is fine.
    case info
    /// What is wrong but harmless.
    case warning
    /// What ends the kernel.
    case error

    /// Orders levels by weight.
    public static func < (left: Level, right: Level) -> Bool { left.weight < right.weight }

    private var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  private struct Repeats: Sendable {
    var next: ContinuousClock.Instant?
    var unsaid = 0
  }

  private let level: Level
  private let descriptor: Descriptor
  private let repeats = Mutex(Repeats())

  /// Logs what is at least as weighty as `level` to a descriptor.
  init(_ level: Level, to descriptor: Descriptor) {
    self.level = level
    self.descriptor = descriptor
  }

  /// Says one line.
  func say(_ level: Level, _ line: @autoclosure () -> String) {
    guard level >= self.level else { return }
    descriptor.write(Array("easel kernel: \(level.rawValue): \(line())\n".utf8))
  }

  /// Says a line about something that a stranger can cause as often as he likes: at most once in ten seconds, with
  /// the number of times.
  func sayRarely(_ level: Level, _ line: @autoclosure () -> String) {
    guard level >= self.level else { return }
    let now = ContinuousClock.now
    let unsaid: Int? = repeats.withLock { repeats in
      if let next = repeats.next, now < next {
        repeats.unsaid += 1
        return nil
      }
      defer { repeats = Repeats(next: now + .seconds(10), unsaid: 0) }
      return repeats.unsaid
    }
    guard let unsaid else { return }
    say(level, unsaid == 0 ? line() : "\(line()) (and \(unsaid) like it before)")
  }
}
