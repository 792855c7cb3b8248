// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

extension Magic {
  static let time = Magic(
    "%time STATEMENT",
    Text("Runs a statement, or with %%time the cell, and says how long it took.", zh: "运行一条语句（或用 %%time 运行整个单元）并给出用时。"),
    argument: .statement
  ) { call in
    let code = try statement(call)
    let start = Stopwatch()
    try call.evaluator.run(SourceText(code, name: "%time"))
    let (wall, processor) = start.elapsed
    let share = wall > 0 ? Int((processor / wall * 100).rounded()) : 100
    call.print(
      Text(
        "took \(Duration.text(wall))   processor \(Duration.text(processor)) (\(share) %)",
        zh: "用时 \(Duration.text(wall))   处理器 \(Duration.text(processor))（\(share) %）"))
  }

  static let timeit = Magic(
    "%timeit STATEMENT",
    Text(
      "Runs a statement many times, showing nothing, and says how long one run takes.", zh: "多次运行一条语句（不显示结果）并给出单次用时。"),
    argument: .statement
  ) { call in
    let source = SourceText(try statement(call), name: "%timeit")
    let program = try Parser.parse(source, grammar: call.session.table.grammar)
    let options = Evaluator.Options(echoesAssignments: false, showsValues: false)
    let times = try call.session.stage.muted {
      try measure { try call.evaluator.run(program, options: options) }
    }
    let best = times.batches.min() ?? 0
    let mean = times.batches.reduce(0, +) / Double(max(1, times.batches.count))
    call.print(
      Text(
        "\(Duration.text(best)) a run (best of \(times.batches.count) × \(times.size); mean \(Duration.text(mean)))",
        zh: "单次 \(Duration.text(best))（\(times.batches.count) × \(times.size) 次中最好；平均 \(Duration.text(mean))）"))
  }

  /// What is to be timed.
  private static func statement(_ call: MagicCall) throws -> String {
    let code = call.body ?? call.argument
    guard code.contains(where: { !$0.isWhitespace }) else {
      throw call.mistake(
        Text("\(call.name) wants a statement", zh: "\(call.name) 需要一条语句"),
        help: [.init(code: "\(call.name) step gan 100")])
    }
    return code
  }

  /// Seconds a run takes in each batch; a batch lasts about a tenth of a second.
  private static func measure(_ run: () throws -> Void) throws -> (batches: [Double], size: Int) {
    let first = Stopwatch()
    try run()
    let once = max(first.elapsed.wall, 1e-7)
    let size = max(1, min(100_000, Int(0.1 / once)))
    var batches: [Double] = []
    for _ in 0..<(once > 1 ? 2 : 7) {
      let watch = Stopwatch()
      for _ in 0..<size { try run() }
      batches.append(watch.elapsed.wall / Double(size))
    }
    return (batches, size)
  }
}

/// Measures wall time and the processor time of all threads.
struct Stopwatch {
  private let wall = Stopwatch.seconds(CLOCK_MONOTONIC)
  private let processor = Stopwatch.seconds(CLOCK_PROCESS_CPUTIME_ID)

  /// Seconds since the start.
  var elapsed: (wall: Double, processor: Double) {
    (Stopwatch.seconds(CLOCK_MONOTONIC) - wall, Stopwatch.seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A number of seconds as people read it.
enum Duration {
  static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-6: "\(Int((seconds * 1e9).rounded())) ns"
    case ..<1e-3: "\(short(seconds * 1e6)) µs"
    case ..<1: "\(short(seconds * 1e3)) ms"
    case ..<120: "\(short(seconds)) s"
    default: "\(Int(min(seconds, 1e15)) / 60) min \(Int(min(seconds, 1e15)) % 60) s"
    }
  }

  /// Three digits that count.
  private static func short(_ number: Double) -> String {
    let factor: Double = number < 10 ? 100 : number < 100 ? 10 : 1
    let rounded = Int((number * factor).rounded())
    switch factor {
    case 100: return "\(rounded / 100)." + (rounded % 100 < 10 ? "0" : "") + "\(rounded % 100)"
    case 10: return "\(rounded / 10).\(rounded % 10)"
    default: return "\(rounded)"
    }
  }
}
