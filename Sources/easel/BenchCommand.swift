// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Benchmarks
import Tensors

/// `easel bench`: how long the fixed workloads take here, one JSON line each.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time the fixed workloads; one JSON line each.",
    discussion: """
      Workloads: \(workloads.map(\.name).joined(separator: ", ")). Without a name, all of them. Each line tells the \
      milliseconds of a step, what part of that the machine needs at least (by this run's peak of multiply-adds and of \
      its cache), the memory and the seconds from the start of the process to the end of the first step.
      """)

  /// Those of trainers and nets, and the loop written in the language.
  private static let workloads = Workload.all + [LanguageLoop.workload]

  @Option(help: ArgumentHelp("Time each for so long.", valueName: "s"))
  var seconds = 3.0

  @Option(help: ArgumentHelp("Use so many threads.", valueName: "n"))
  var threads: Int?

  @Argument(help: ArgumentHelp("What to time.", valueName: "workload"))
  var names: [String] = []

  func validate() throws {
    for name in names where !Self.workloads.contains(where: { $0.name == name }) {
      throw ValidationError("There is no workload \"\(name)\": \(Self.workloads.map(\.name).joined(separator: ", ")).")
    }
    guard (0...3600).contains(seconds) else { throw ValidationError("--seconds is 0 … 3600.") }
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads is 1 … 256.") }
  }

  func run() throws {
    if let threads { Compute.threads = threads }
    for workload in Self.workloads where names.isEmpty || names.contains(workload.name) {
      print(try Measurement(workload, seconds: seconds).json)
    }
  }
}
