// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Holds the newest snapshot of a session, for readers on any thread.
public final class SnapshotBox: Sendable {
  private let newest: Mutex<SessionSnapshot>

  /// Makes a box that holds `first`.
  public init(_ first: SessionSnapshot) {
    newest = Mutex(first)
  }

  /// The newest snapshot; never waits for a running cell.
  public var current: SessionSnapshot {
    newest.withLock { $0 }
  }

  /// Puts a newer snapshot in.
  func replace(with snapshot: SessionSnapshot) {
    newest.withLock { $0 = snapshot }
  }
}
