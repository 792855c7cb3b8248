// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Benchmarks
import Tensors

/// `easel bench`: how long the fixed workloads take here, one JSON line each.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time the fixed workloads; one JSON line each.",
    discussion: "Workloads: \(Workload.all.map(\.name).joined(separator: ", ")). Without a name, all of them.")

  @Option(help: ArgumentHelp("Time each for so long.", valueName: "s"))
  var seconds = 3.0

  @Option(help: ArgumentHelp("Use so many threads.", valueName: "n"))
  var threads: Int?

  @Argument(help: ArgumentHelp("What to time.", valueName: "workload"))
  var names: [String] = []

  func validate() throws {
    for name in names where !Workload.all.contains(where: { $0.name == name }) {
      throw ValidationError("There is no workload \"\(name)\": \(Workload.all.map(\.name).joined(separator: ", ")).")
    }
    guard (0...3600).contains(seconds) else { throw ValidationError("--seconds is 0 … 3600.") }
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads is 1 … 256.") }
  }

  func run() throws {
    if let threads { Compute.threads = threads }
    for workload in Workload.all where names.isEmpty || names.contains(workload.name) {
      print(try Measurement(workload, seconds: seconds).json)
    }
  }
}
