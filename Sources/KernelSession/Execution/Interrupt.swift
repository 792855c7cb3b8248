// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A request to stop, bound to the cell that runs when it is made.
///
/// The first request of a cell pauses it after the step it is in; the second abandons the running operation. While
/// nothing runs a request has no effect, so it can never hit the cell that comes next. Every member may be called from
/// any thread; none of them allocates or waits.
public final class Interrupt: Sendable {
  /// How urgently the running cell is asked to stop.
  public enum Level: UInt64, Sendable, Comparable {
    /// Nobody asked.
    case nothing = 0
    /// Finish the step, report, keep everything.
    case pause = 1
    /// Leave the running operation and restore the state before its step.
    case abandon = 2

    /// Orders levels by urgency.
    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// The generation of the running cell times four, plus the level; zero while idle.
  private let state = Atomic<UInt64>(0)
  private let lastGeneration = Atomic<UInt64>(0)

  /// Makes an interrupt that nothing has asked for.
  public init() {}

  /// Starts a cell and returns its generation, a number never used before.
  public func begin() -> UInt64 {
    let generation = lastGeneration.wrappingAdd(1, ordering: .relaxed).newValue
    state.store(generation << 2, ordering: .sequentiallyConsistent)
    return generation
  }

  /// Ends the running cell; a request that comes later has no effect.
  public func end() {
    state.store(0, ordering: .sequentiallyConsistent)
  }

  /// The generation of the running cell, or nil while idle.
  public var running: UInt64? {
    let generation = state.load(ordering: .sequentiallyConsistent) >> 2
    return generation == 0 ? nil : generation
  }

  /// What the running cell has been asked; `.nothing` while idle.
  public var level: Level {
    Level(rawValue: state.load(ordering: .relaxed) & 3) ?? .abandon
  }

  /// Whether the running cell has been asked to stop.
  public var isRequested: Bool { level != .nothing }

  /// Asks the running cell to stop, more urgently each time.
  ///
  /// - Parameters:
  ///   - level: The urgency to reach at least; by default one more than before.
  ///   - generation: The only cell that is meant; by default the one that runs now.
  /// - Returns: The level that the cell now has, or nil when nothing runs or another cell does.
  @discardableResult
  public func request(_ level: Level? = nil, for generation: UInt64? = nil) -> Level? {
    var seen = state.load(ordering: .sequentiallyConsistent)
    while true {
      guard seen >> 2 != 0, generation == nil || generation == seen >> 2 else { return nil }
      let before = seen & 3
      let after = min(Level.abandon.rawValue, max(before, level?.rawValue ?? before + 1))
      let (exchanged, original) = state.compareExchange(
        expected: seen, desired: (seen & ~3) | after, ordering: .sequentiallyConsistent)
      if exchanged { return Level(rawValue: after) }
      seen = original
    }
  }
}
