// SPDX-License-Identifier: Apache-2.0

/// What looking back at a training cost.
public struct LookBackCost: Sendable, Hashable {
  /// How many steps were taken again.
  public internal(set) var steps = 0
}

extension Trainer {
  /// The first step that can be gone back to.
  public var firstReachableStep: Int { state.timeline.first?.step ?? state.step }

  /// Steps at about equal distances from the first that can be reached to the present one, both included.
  ///
  /// - Parameter count: How many at most; fewer when fewer steps were taken.
  /// - Returns: The steps, rising.
  public func milestones(_ count: Int) -> [Int] {
    let (first, last) = (firstReachableStep, state.step)
    let count = min(max(count, 1), last - first + 1)
    guard count > 1 else { return [last] }
    return (0..<count).map { first + ((last - first) * $0 + (count - 1) / 2) / (count - 1) }
  }

  /// Looks at the training as it was at some steps, exactly, on a copy: this trainer stays as it is.
  ///
  /// - Parameters:
  ///   - steps: Steps from `firstReachableStep` to the present one, rising.
  ///   - shouldStop: Asked before every step that is taken again.
  ///   - passes: Told each step that is taken again.
  ///   - look: What is to be seen, asked of the copy at each of the steps.
  /// - Returns: What was seen at each step, and what it cost.
  /// - Throws: `TrainerError.stopped`; `TrainerError.notReached`; `TrainerError.unsupported` if a net cannot be copied;
  ///   what `look` throws.
  public func lookBack<Seen>(
    at steps: [Int], shouldStop: @escaping () -> Bool, passes: @escaping (_ step: Int) -> Void,
    _ look: (any Trainer) throws(TrainerError) -> Seen
  ) throws(TrainerError) -> (seen: [Seen], cost: LookBackCost) {
    let copy = try fork()
    var cost = LookBackCost()
    copy.state.shouldStop = {
      passes(copy.state.step)
      return shouldStop()
    }
    var seen: [Seen] = []
    for step in steps {
      if shouldStop() { throw .stopped }
      // The present is there already; the way to it need not be gone again.
      guard step != state.step else {
        seen.append(try look(self))
        continue
      }
      let base = try copy.goTo(step: step)
      cost.steps += max(0, step - base)
      seen.append(try look(copy))
    }
    return (seen, cost)
  }
}
