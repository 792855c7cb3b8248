// SPDX-License-Identifier: Apache-2.0

/// How far the loops of the top level are, for the line that is shown when they take a while.
struct LoopProgress {
  /// Seconds before the first line, and between two.
  private static let patience = (first: 0.5, next: 0.1)

  /// One loop; the outermost is the first.
  struct Level {
    let label: String
    let total: Int?
    let assigned: [NameNode]
    var done = 0
  }

  private(set) var levels: [Level] = []
  private let started: Double
  private var nextLine: Double
  private var rounds = 0
  private(set) var wasShown = false
  /// Whether something in the loop shows progress of its own.
  var isCovered = false
  /// Rounds between two looks at the clock, and rounds since the last one.
  private var stride = (length: 1, done: 0)
  private var lastLook: Double

  init(now: Double) {
    started = now
    nextLine = now + Self.patience.first
    lastLook = now
  }

  mutating func enter(_ level: Level) { levels.append(level) }

  mutating func leave() { if !levels.isEmpty { levels.removeLast() } }

  /// Counts a round of the innermost loop and says whether it is time to look at the clock: fast rounds look rarely.
  mutating func roundEnded() -> Bool {
    guard !levels.isEmpty else { return false }
    levels[levels.count - 1].done += 1
    rounds += 1
    stride.done += 1
    return stride.done >= stride.length
  }

  /// Whether it is time for a line.
  mutating func looked(now: Double) -> Bool {
    if now - lastLook < 0.01 {
      stride.length = min(stride.length * 2, 4096)
    } else if now - lastLook > 0.05 {
      stride.length = max(stride.length / 4, 1)
    }
    (lastLook, stride.done) = (now, 0)
    guard now >= nextLine, !isCovered else { return false }
    nextLine = now + Self.patience.next
    wasShown = true
    return true
  }

  /// How much is done, 0 … 1, when the outermost loop knows its end.
  var fraction: Double? {
    guard let total = levels.first?.total, total > 0 else { return nil }
    var fraction = 0.0
    var share = 1.0
    for level in levels {
      guard let total = level.total, total > 0 else { break }
      fraction += share * Double(level.done) / Double(total)
      share /= Double(total)
    }
    return min(fraction, 1)
  }

  /// `epoch 2/25  i 410/938  62/s  3:10 left`, followed by the numbers that the loops assign.
  func line(now: Double, numbers: [(name: String, value: Double)], _ language: MessageLanguage) -> String {
    var parts = levels.map { level in "\(level.label) \(level.done)" + (level.total.map { "/\($0)" } ?? "") }
    let elapsed = max(now - started, 1e-9)
    parts.append(NumberText.general(Double(rounds) / elapsed, 3) + "/s")
    if let fraction, fraction > 0, fraction < 1 {
      let left = Self.clock(elapsed * (1 - fraction) / fraction)
      parts.append(language == .chinese ? "剩余 \(left)" : "\(left) left")
    }
    parts += numbers.map { "\($0.name) \(NumberText.general($0.value, 3))" }
    return parts.joined(separator: "  ")
  }

  /// Names that the loops assign and that are not their counters.
  var assigned: [NameNode] {
    let counters = Set(levels.map(\.label))
    return levels.flatMap(\.assigned).filter { !counters.contains($0.text) }
  }

  /// Minutes and seconds, with hours when there are any.
  static func clock(_ seconds: Double) -> String {
    let whole = seconds < 1e7 ? Int(seconds.rounded()) : 9_999_999
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }
}

extension Evaluator {
  func enterLoop(_ node: LoopNode, label: String, total: Int?) {
    if loopProgress == nil { loopProgress = LoopProgress(now: surroundings.now()) }
    loopProgress?.enter(LoopProgress.Level(label: label, total: total, assigned: node.assigned))
  }

  /// Ends a level; behind the outermost one the last line is final.
  func leaveLoop() {
    if let progress = loopProgress, progress.levels.count == 1 {
      if progress.wasShown { emit(progress, now: surroundings.now(), isFinal: true) }
      loopProgress = nil
    } else {
      loopProgress?.leave()
    }
  }

  func roundEnded() {
    guard loopProgress?.roundEnded() == true else { return }
    let now = surroundings.now()
    guard loopProgress?.looked(now: now) == true, let progress = loopProgress else { return }
    emit(progress, now: now, isFinal: false)
  }

  private func emit(_ progress: LoopProgress, now: Double, isFinal: Bool) {
    var numbers: [(name: String, value: Double)] = []
    for name in progress.assigned where !numbers.contains(where: { $0.name == name.text }) {
      switch environment[name.text] {
      case .float(let number): numbers.append((name.text, number))
      case .host(let object): object.number.map { numbers.append((name.text, $0)) }
      default: break
      }
    }
    let line = progress.line(now: now, numbers: Array(numbers.prefix(6)), surroundings.language)
    surroundings.emit(
      .progress(id: "loop", line: line, display: Display(line), fraction: progress.fraction, isFinal: isFinal))
  }
}
