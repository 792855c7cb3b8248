// SPDX-License-Identifier: Apache-2.0
import Language

/// Which statements made and changed which variables, so that an object can be made again.
struct RecipeLog {
  /// How a statement ended.
  enum Ending {
    /// As it was meant, or as the words that are kept of it do.
    case whole
    /// With an error, after it had changed something; another time it does the same.
    case failed
    /// On its way, where nobody can stop it again.
    case interrupted
  }

  /// A statement of a recipe.
  struct Line {
    let code: String
    var ending = Ending.whole
  }

  /// A statement that ran.
  struct Entry {
    /// The number of its input.
    let cell: Int
    /// Its text.
    let code: String
    /// How it ended.
    let ending: Ending
    /// The top-level names in it.
    let names: Set<String>
    /// The variables that were new, or not the same afterwards.
    let changed: Set<String>
    /// The variables that it bound without looking at what they were.
    let made: Set<String>
    /// The statement that would bring the random streams to where they were before it.
    let streams: String?
    /// The same, after it.
    let streamsAfter: String?
  }

  /// Where a variable was made and last changed.
  struct Story {
    let madeIn: String
    let changedIn: String
  }

  private(set) var entries: [Entry] = []

  /// The most statements that are remembered.
  static let limit = 100_000

  /// Remembers a statement.
  mutating func append(_ entry: Entry) {
    guard entries.count < RecipeLog.limit else { return }
    entries.append(entry)
  }

  /// Where a variable was made and last changed; nil when no statement did.
  func story(of name: String) -> Story? {
    guard let last = entries.last(where: { $0.changed.contains(name) }) else { return nil }
    let made = entries.last { $0.made.contains(name) } ?? last
    return Story(madeIn: "[\(made.cell)]", changedIn: "[\(last.cell)]")
  }

  /// The statements that make `name` what it is, in order: a program.
  func recipe(for name: String) -> [Line] {
    var wanted: Set<String> = [name]
    var kept: [Int] = []
    for (index, entry) in entries.enumerated().reversed() where !entry.changed.isDisjoint(with: wanted) {
      kept.append(index)
      wanted.subtract(entry.made)
      wanted.formUnion(entry.names.subtracting(entry.made))
    }
    return program(kept.reversed())
  }

  /// The kept statements; before one that draws, the streams are brought to where they were, unless they are there.
  private func program(_ kept: [Int]) -> [Line] {
    var lines: [Line] = []
    var streams: String?
    for index in kept {
      let entry = entries[index]
      if let wanted = entry.streams, wanted != entry.streamsAfter {
        if wanted != streams { lines.append(Line(code: wanted)) }
        streams = entry.streamsAfter
      }
      lines.append(Line(code: entry.code, ending: entry.ending))
    }
    return lines
  }
}
