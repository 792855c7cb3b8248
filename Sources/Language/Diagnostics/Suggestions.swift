// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody meant.
public enum Suggestions {
  /// The candidate that is closest to `name`; nil when none is close.
  ///
  /// Case and underscores count little, and swapped letters count once.
  public static func closest(to name: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().filter { $0 != "_" })
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (candidate: String, cost: Int)?
    for candidate in candidates where candidate != name {
      guard let cost = cost(of: candidate, for: wanted, spelled: name) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (candidate, cost) }
    }
    return best?.candidate
  }

  /// `preferred`, unless `other` is closer to `name` by a whole edit.
  static func closer(to name: String, _ preferred: String, _ other: String) -> String {
    let wanted = Array(name.lowercased().filter { $0 != "_" })
    guard let cost = cost(of: preferred, for: wanted, spelled: name),
      let least = self.cost(of: other, for: wanted, spelled: name)
    else { return other }
    return cost < least + 10 ? preferred : other
  }

  /// Ten times the edits, plus small amounts for differences that matter less; nil when it is too far.
  private static func cost(of candidate: String, for wanted: [Character], spelled name: String) -> Int? {
    let letters = Array(candidate.lowercased().filter { $0 != "_" })
    let allowed = allowedEdits(for: min(wanted.count, max(letters.count, 1)))
    guard abs(letters.count - wanted.count) <= allowed else { return prefixCost(letters, wanted) }
    let edits = editDistance(wanted, letters)
    guard edits <= allowed else { return prefixCost(letters, wanted) }
    let sharedStart = zip(wanted, letters).prefix { $0 == $1 }.count
    // Names with a capital make objects, others compute: a word of one kind rarely means one of the other.
    let isOtherKind = candidate.first?.isUppercase != name.first?.isUppercase
    return edits * 10 + (candidate.lowercased() == name.lowercased() ? 0 : 1) + (sharedStart == 0 ? 5 : 0)
      + abs(letters.count - wanted.count) + (isOtherKind ? 4 : 0)
  }

  /// A name that was cut short (`param` for `parameters`) or runs on (`backwards`), when most of it is there.
  private static func prefixCost(_ letters: [Character], _ wanted: [Character]) -> Int? {
    let shorter = min(letters.count, wanted.count)
    let longer = max(letters.count, wanted.count)
    guard shorter >= 4, longer <= 2 * shorter + 2, letters.starts(with: wanted) || wanted.starts(with: letters) else {
      return nil
    }
    return 30 + longer - shorter
  }

  private static func allowedEdits(for length: Int) -> Int {
    switch length {
    case ...2: 1
    case ...4: 1
    case ...7: 2
    default: 3
    }
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
