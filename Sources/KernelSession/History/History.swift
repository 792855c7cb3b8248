// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// What has been typed, this session and before; any thread may read it.
public final class History: Sendable {
  private struct State {
    var entries: [HistoryEntry] = []
    /// Zero until the first entry, when the number is taken.
    var session = 0
    var isLoaded = false
  }

  private let state = Mutex(State())
  private let file: HistoryFile?

  /// Makes a history that is kept in the file at `path`, which is read when it is first needed; nowhere without one.
  public init(path: String? = nil) {
    file = path.map { HistoryFile(path: $0) }
  }

  /// The number of this session, from 1.
  public var session: Int { withState { $0.session } }

  /// Everything remembered, oldest first.
  public var entries: [HistoryEntry] { withState { $0.entries } }

  private func withState<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    state.withLock { state in
      if !state.isLoaded {
        state.isLoaded = true
        state.entries = file?.load() ?? []
        state.session = (state.entries.map(\.session).max() ?? 0) + 1
      }
      return body(&state)
    }
  }

  /// Remembers an input of this session.
  func append(_ input: String, number: Int) {
    withState { state in
      let entry = HistoryEntry(session: state.session, number: number, input: input, time: Int(time(nil)))
      state.entries.append(entry)
      file?.append(entry)
    }
  }

  /// Notes what the value of the newest input looked like, for this session only.
  func note(output: String) {
    withState { state in
      guard !state.entries.isEmpty else { return }
      state.entries[state.entries.count - 1].output = output
    }
  }

  /// The last `count` inputs, oldest first.
  public func tail(_ count: Int) -> [HistoryEntry] {
    withState { Array($0.entries.suffix(max(0, count))) }
  }

  /// The inputs of one session whose numbers lie in `start ..< stop`, oldest first.
  ///
  /// - Parameters:
  ///   - session: Its number, from 1; 0 is this session, −1 the one before, and so on.
  ///   - start: The first number.
  ///   - stop: The number after the last; nil means to the end.
  /// - Returns: The inputs; none when the session is unknown.
  public func range(session: Int = 0, start: Int, stop: Int? = nil) -> [HistoryEntry] {
    withState { state in
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
    var found: [HistoryEntry] = []
    for entry in entries.reversed() where found.count < count ?? Int.max {
      guard entry.input.matchesGlob(pattern), !isUnique || seen.insert(entry.input).inserted else { continue }
      found.append(entry)
    }
    return found.reversed()
  }
}
