// SPDX-License-Identifier: Apache-2.0
import Datasets

/// The snapshots of one trainer, within a limit on memory.
///
/// The first one is always whole. Others are let go in this order when memory is short: places the trainer kept by
/// itself, states before earlier commands, then the weights of named snapshots, whose places stay reachable by replay.
struct Timeline {
  /// The most bytes that snapshots take, the first and those of edited weights not counted: 256 MB.
  static let defaultLimit = 256 << 20
  /// The most bytes of those that are taken by what nobody asked to keep: 40 MB, or the latest place and the state before
  /// the latest command, if these take more.
  static let unaskedLimit = 40 << 20
  /// How many states before commands are kept.
  static let undoLimit = 20

  var byteLimit = Timeline.defaultLimit
  /// The state at step 0.
  var first: Snapshot?
  /// States before commands, the latest last.
  private(set) var undoRing: [Snapshot] = []
  /// By name, in the order in which they were taken.
  private(set) var named: [Snapshot] = []
  /// How many places of a running training are kept.
  static let rollingLimit = 5
  /// The latest places of a running training: from the last an abandoned step is repaired, and the others make going
  /// back a little quick.
  private(set) var rolling: [Snapshot] = []
  /// After weights were changed from outside: nothing can replay that, so these stay.
  private(set) var edits: [Int: Snapshot] = [:]
  /// All data sets that were ever used, by number.
  var data: [Dataset] = []

  /// How many bytes are taken, the first not counted.
  var byteCount: Int { unaskedByteCount + named.reduce(0) { $0 + $1.byteCount } }

  /// How many of them are taken by what the trainer keeps by itself.
  var unaskedByteCount: Int { (undoRing + rolling).reduce(0) { $0 + $1.byteCount } }

  /// Every snapshot that is whole.
  var whole: [Snapshot] {
    ([first].compactMap { $0 } + rolling + undoRing + named + Array(edits.values)).filter(\.isWhole)
  }

  mutating func keepForUndo(_ snapshot: Snapshot) {
    undoRing.append(snapshot)
    if undoRing.count > Self.undoLimit { undoRing.removeFirst() }
    trim()
  }

  mutating func keepNamed(_ snapshot: Snapshot) {
    named.removeAll { $0.name == snapshot.name }
    named.append(snapshot)
    trim()
  }

  mutating func keepLatest(_ snapshot: Snapshot) {
    rolling.append(snapshot)
    if rolling.count > Self.rollingLimit { rolling.removeFirst() }
    trim()
  }

  mutating func keepEdit(_ snapshot: Snapshot) -> Int {
    let number = edits.count
    edits[number] = snapshot
    return number
  }

  /// Puts the finished snapshot of an edit in the place of its announcement.
  mutating func replaceEdit(_ number: Int, by snapshot: Snapshot) { edits[number] = snapshot }

  mutating func forget(_ name: String) { named.removeAll { $0.name == name } }

  /// Takes the last `count` states before commands off the ring and returns the earliest of them.
  mutating func takeUndo(_ count: Int) -> Snapshot? {
    guard count >= 1, count <= undoRing.count else { return nil }
    let target = undoRing[undoRing.count - count]
    undoRing.removeLast(count)
    return target
  }

  /// Lets go of weights until the limits are kept.
  private mutating func trim() {
    while unaskedByteCount > Self.unaskedLimit, letGoOfUnasked() {}
    while byteCount > byteLimit {
      if letGoOfUnasked() { continue }
      if let index = named.firstIndex(where: \.isWhole) {
        named[index].contents = nil
      } else if let index = undoRing.firstIndex(where: \.isWhole) {
        undoRing[index].contents = nil
      } else {
        rolling = []
        return
      }
    }
  }

  /// Lets go of the earliest place or state that nobody asked to keep, all but the latest of each; tells whether there
  /// was one.
  private mutating func letGoOfUnasked() -> Bool {
    if rolling.count > 1 {
      rolling.removeFirst()
      return true
    }
    guard let index = undoRing.dropLast().firstIndex(where: \.isWhole) else { return false }
    undoRing[index].contents = nil
    return true
  }
}
