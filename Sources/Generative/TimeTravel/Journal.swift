// SPDX-License-Identifier: Apache-2.0

/// What was done to a trainer since it was made, so that any step can be reached again by doing it again.
struct Journal: Hashable {
  /// One thing that was done.
  enum Entry: Hashable {
    /// So many steps, of all parts or of one.
    case steps(Int, only: String?)
    /// A setting was changed.
    case change(NamedSetting)
    /// The data were replaced; the number finds them again.
    case data(Int)
    /// The training was loaded from a file after so many steps; nothing before can be done again.
    case origin(Int)
    /// Weights were changed from outside; only a snapshot with this number holds the result.
    case edit(Int)
    /// Parts were exchanged; the number finds what the new ones held.
    case exchange(Int)
    /// A step function exchanged layers in the step before; only a snapshot with this number holds the result.
    case within(Int)
    /// Hooks were put on layers or taken off; the number finds those there are since.
    case hooks(Int)
  }

  private(set) var entries: [Entry] = []

  /// How many steps were taken.
  var stepCount: Int {
    entries.reduce(0) { total, entry in
      switch entry {
      case .steps(let count, _), .origin(let count): total + count
      default: total
      }
    }
  }

  /// Adds a step, to the run of steps that goes on if it is of the same kind.
  mutating func addStep(only: String?) {
    if case .steps(let count, only) = entries.last {
      entries[entries.count - 1] = .steps(count + 1, only: only)
    } else {
      entries.append(.steps(1, only: only))
    }
  }

  /// Adds something other than a step.
  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// The journal as it was right after `step` steps; changes made there are not part of it.
  func prefix(steps step: Int) -> Journal {
    var result = Journal()
    var left = step
    for entry in entries {
      // What the last step did itself belongs to it.
      if case .within = entry, left == 0 {
        result.entries.append(entry)
      }
      guard left > 0 else { break }
      switch entry {
      case .steps(let count, let only):
        result.entries.append(.steps(min(count, left), only: only))
        guard count <= left else { return result }
        left -= count
      case .origin(let count):
        result.entries.append(entry)
        left -= count
      default: result.entries.append(entry)
      }
    }
    return result
  }

  /// What remains to be done after `earlier` was done; nil when this journal does not begin as `earlier` does.
  func remainder(after earlier: Journal) -> [Entry]? {
    guard let last = earlier.entries.last else { return entries }
    let shared = earlier.entries.count - 1
    guard entries.count > shared, Array(entries[..<shared]) == Array(earlier.entries[..<shared]) else { return nil }
    let rest = Array(entries[(shared + 1)...])
    if entries[shared] == last { return rest }
    guard case .steps(let count, let only) = entries[shared], case .steps(let done, only) = last, done <= count else {
      return nil
    }
    return [.steps(count - done, only: only)] + rest
  }
}
