// SPDX-License-Identifier: Apache-2.0

extension Dataset {
  /// The examples with the given numbers, in the given order.
  ///
  /// - Throws: `DatasetError.outOfRange` if a number is not in 0 ..< `count`.
  public func selecting(_ indices: [Int], as cut: String? = nil) throws(DatasetError) -> Dataset {
    for index in indices where index < 0 || index >= count {
      throw .outOfRange(index: index, count: count)
    }
    return chosen(indices, as: cut ?? "\(indices.count) chosen")
  }

  /// The examples from `range.lowerBound` up to, without, `range.upperBound`.
  ///
  /// - Throws: `DatasetError.outOfRange` if the range reaches outside the data.
  public func slice(_ range: Range<Int>) throws(DatasetError) -> Dataset {
    guard range.lowerBound >= 0 else { throw .outOfRange(index: range.lowerBound, count: count) }
    guard range.upperBound <= count else { throw .outOfRange(index: range.upperBound - 1, count: count) }
    if range.lowerBound == 0, range.upperBound == count { return self }
    return chosen(
      Array(range), as: range.lowerBound == 0 ? "first \(range.count)" : "\(range.lowerBound)–\(range.upperBound - 1)")
  }

  /// The first `limit` examples, or all if there are fewer.
  ///
  /// - Throws: `DatasetError.invalid` if `limit` is negative.
  public func prefix(_ limit: Int) throws(DatasetError) -> Dataset {
    guard limit >= 0 else { throw .invalid(argument: "n", value: "\(limit)", allowed: "0 or more") }
    return try slice(0..<min(limit, count))
  }

  /// `limit` examples in the portable shuffled order of `seed`.
  ///
  /// - Throws: `DatasetError.invalid` if `limit` is negative or larger than `count`.
  public func sampled(_ limit: Int, seed: UInt64 = 0) throws(DatasetError) -> Dataset {
    guard limit >= 0, limit <= count else {
      throw .invalid(argument: "n", value: "\(limit)", allowed: "0 … \(count)")
    }
    return chosen(Array(SplitMix64.shuffled(count, seed: seed).prefix(limit)), as: "\(limit) drawn (seed \(seed))")
  }

  /// `limit` examples of each class, in the portable shuffled order of `seed`.
  ///
  /// All examples are put in the order of `SplitMix64.shuffled`; the first `limit` of each class stay, in that order.
  ///
  /// - Throws: `DatasetError.unlabelled` without labels, `DatasetError.invalid` if a class has fewer examples.
  public func perClass(_ limit: Int, seed: UInt64 = 0) throws(DatasetError) -> Dataset {
    guard isLabelled else { throw .unlabelled(name: name) }
    let counts = classCounts
    let smallest = counts.min() ?? 0
    guard limit >= 0, limit <= smallest else {
      let scarce = classes[counts.firstIndex(of: smallest) ?? 0]
      throw .invalid(argument: "n", value: "\(limit)", allowed: "0 … \(smallest) (class \"\(scarce)\" has \(smallest))")
    }
    var taken = Array(repeating: 0, count: classes.count)
    let labels = self.labels
    let chosenRows = SplitMix64.shuffled(count, seed: seed).filter { index in
      guard taken[labels[index]] < limit else { return false }
      taken[labels[index]] += 1
      return true
    }
    return chosen(chosenRows, as: "\(limit) per class (seed \(seed))")
  }

  /// The examples whose label is among `wanted`; labels and class names stay as they are.
  ///
  /// - Throws: `DatasetError.unlabelled` without labels, `DatasetError.invalid` for a label no class has.
  public func only(_ wanted: [Int]) throws(DatasetError) -> Dataset {
    guard isLabelled else { throw .unlabelled(name: name) }
    for label in wanted where !classes.indices.contains(label) {
      throw .invalid(argument: "labels", value: "\(label)", allowed: "0 … \(classes.count - 1)")
    }
    let labels = self.labels
    let names = wanted.map { classes[$0] }.joined(separator: ", ")
    return chosen(labels.indices.filter { wanted.contains(labels[$0]) }, as: "only \(names)")
  }

  /// Two parts that share no example; the first has `fraction` of each class.
  ///
  /// Stratified when there are labels: each class is cut by itself, rounding to the nearest whole example.
  ///
  /// - Throws: `DatasetError.invalid` if `fraction` is not between 0 and 1.
  public func split(_ fraction: Double, seed: UInt64 = 0) throws(DatasetError) -> (Dataset, Dataset) {
    guard fraction >= 0, fraction <= 1 else {
      throw .invalid(argument: "frac", value: "\(fraction)", allowed: "0 … 1")
    }
    let wanted = groups.map { Int((Double($0) * fraction).rounded()) }
    var taken = Array(repeating: 0, count: wanted.count)
    var first: [Int] = []
    var second: [Int] = []
    for index in SplitMix64.shuffled(count, seed: seed) {
      let group = label(of: index) ?? 0
      if taken[group] < wanted[group] {
        taken[group] += 1
        first.append(index)
      } else {
        second.append(index)
      }
    }
    return (chosen(first, as: "\(first.count) of \(count)"), chosen(second, as: "other \(second.count) of \(count)"))
  }

  /// `parts` cuts that share no example and hold each class as evenly as can be (±1).
  ///
  /// - Throws: `DatasetError.invalid` if `parts` is not in 2 … `count`.
  public func folds(_ parts: Int, seed: UInt64 = 0) throws(DatasetError) -> [Dataset] {
    guard parts >= 2, parts <= count else {
      throw .invalid(argument: "folds", value: "\(parts)", allowed: "2 … \(count)")
    }
    var members = Array(repeating: [Int](), count: parts)
    var next = Array(repeating: 0, count: groups.count)
    // Each class starts where the one before it stopped, so that the folds' sizes differ by one at most, too.
    var start = 0
    for (group, size) in groups.enumerated() {
      next[group] = start
      start = (start + size) % parts
    }
    for index in SplitMix64.shuffled(count, seed: seed) {
      let group = label(of: index) ?? 0
      members[next[group]].append(index)
      next[group] = (next[group] + 1) % parts
    }
    return members.enumerated().map { chosen($1, as: "fold \($0 + 1) of \(parts)") }
  }

  /// The sizes of the groups that are cut alike: the classes, or everything when there are no labels.
  private var groups: [Int] { isLabelled ? classCounts : [count] }

  /// A cut by example numbers that are known to be inside.
  func chosen(_ indices: [Int], as cut: String) -> Dataset {
    var copy = self
    copy.rows = rows.map { rows in indices.map { rows[$0] } } ?? indices
    copy.cuts.append(cut)
    return copy
  }
}
