// SPDX-License-Identifier: Apache-2.0
import Glibc
import Tensors

/// What one workload took on this machine.
public struct Measurement: Sendable {
  /// The workload.
  public let workload: Workload
  /// Milliseconds a step: the median over blocks of steps.
  public let milliseconds: Double
  /// Seconds from the start of the process to the end of the first step.
  public let firstStepSeconds: Double
  /// The most memory the process had, in MB of 2²⁰ bytes.
  public let peakMegabytes: Double

  /// What the machine could do just then.
  public let machine: Machine
  /// What part of the time the least that a step can take here is, in percent.
  public let percentOfFloor: Double
  /// New pages of memory a step while it is timed: none once it is warm.
  public let pageFaultsPerStep: Double

  /// Times a workload for about so many seconds, after a warm-up.
  ///
  /// - Throws: What building or stepping the nets throws.
  public init(_ workload: Workload, seconds: Double) throws {
    self.workload = workload
    let prepared = try workload.prepare()
    try prepared.run()
    firstStepSeconds = Self.processAge()
    for _ in 0..<5 { try prepared.run() }
    let blocks = try TimedBlocks(seconds: seconds, prepared.run)
    let steps = Double(prepared.stepsOfRun)
    milliseconds = blocks.median * 1000 / steps
    pageFaultsPerStep = blocks.pageFaultsPerRun / steps
    peakMegabytes = Self.peakResidentMegabytes()
    machine = Machine()
    percentOfFloor = 100 * machine.floor(of: prepared.cost, batch: workload.batch) / milliseconds
  }

  /// The line that `easel bench` prints.
  public var json: String {
    let figures: [(String, String)] = [
      ("workload", "\"\(workload.name)\""), ("library", "\"easel\""), ("batch", "\(workload.batch)"),
      ("threads", "\(Compute.threads)"), ("level", "\"\(KernelLevel.current)\""),
      ("processor", "\"\(machine.name)\""), ("ms", rounded(milliseconds, 4)),
      ("steps_per_s", rounded(1000 / milliseconds, 1)),
      ("samples_per_s", rounded(1000 * Double(workload.batch) / milliseconds, 0)),
      ("percent_of_floor", rounded(percentOfFloor, 1)), ("fma_peak_gflops", rounded(machine.peak, 1)),
      ("cache_gb_per_s", rounded(machine.bandwidth, 1)), ("round_trip_ns", rounded(machine.roundTrip, 0)),
      ("page_faults_per_step", rounded(pageFaultsPerStep, 2)), ("peak_rss_mb", rounded(peakMegabytes, 1)),
      ("time_to_first_step_s", rounded(firstStepSeconds, 2)),
    ]
    return "{" + figures.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// So many digits behind the point: what lies further back is noise.
  private func rounded(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let result = (value * scale).rounded() / scale
    return digits == 0 && abs(result) < 1e15 ? "\(Int(result))" : "\(result)"
  }

  // MARK: The process

  /// Seconds since the system started this process; 0 where the system does not say.
  private static func processAge() -> Double {
    guard let status = contents(of: "/proc/self/stat"), let end = status.lastIndex(of: ")"),
      let uptime = contents(of: "/proc/uptime")?.split(separator: " ").first.flatMap({ Double($0) })
    else { return 0 }
    let words = status[status.index(after: end)...].split(separator: " ")
    // The 22nd word of the line, in ticks since the system started.
    guard words.count > 19, let ticks = Double(words[19]) else { return 0 }
    return uptime - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func peakResidentMegabytes() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }

  private static func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
