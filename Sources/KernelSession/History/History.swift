// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What has been typed, this session and before; any thread may read it.
public final class History: Sendable {
  private struct State {
    var entries: [HistoryEntry] = []
    var session = 1
  }

  private let state = Mutex(State())

  /// Makes an empty history that is kept nowhere.
  public init() {}

  /// The number of this session, from 1.
  public var session: Int { state.withLock { $0.session } }

  /// Everything remembered, oldest first.
  public var entries: [HistoryEntry] { state.withLock { $0.entries } }

  /// Remembers an input.
  func append(_ entry: HistoryEntry) {
    state.withLock { $0.entries.append(entry) }
  }

  /// The last `count` inputs, oldest first.
  public func tail(_ count: Int) -> [HistoryEntry] {
    state.withLock { Array($0.entries.suffix(max(0, count))) }
  }

  /// The inputs of one session whose numbers lie in `start ..< stop`, oldest first.
  ///
  /// - Parameters:
  ///   - session: Its number, from 1; 0 is this session, −1 the one before, and so on.
  ///   - start: The first number.
  ///   - stop: The number after the last; nil means to the end.
  /// - Returns: The inputs; none when the session is unknown.
  public func range(session: Int = 0, start: Int, stop: Int? = nil) -> [HistoryEntry] {
    state.withLock { state in
      let wanted = session > 0 ? session : state.session &+ session
      return state.entries.filter { $0.session == wanted && $0.number >= start && $0.number < stop ?? Int.max }
    }
  }

  /// The newest inputs that match a pattern in which `*` stands for any text and `?` for one character.
  ///
  /// - Parameters:
  ///   - pattern: The pattern, which must cover the whole input.
  ///   - count: How many to return at most; nil means all.
  ///   - isUnique: Whether equal inputs are returned once, at their newest place.
  /// - Returns: The matches, oldest first.
  public func search(_ pattern: String, count: Int? = nil, isUnique: Bool = false) -> [HistoryEntry] {
    var seen: Set<String> = []
    let newest = entries.reversed().lazy.filter {
      $0.input.matchesGlob(pattern) && (!isUnique || seen.insert($0.input).inserted)
    }
    return Array(newest.prefix(max(0, count ?? Int.max)).reversed())
  }
}
