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

  /// Times a workload for about so many seconds, after a warm-up.
  ///
  /// - Throws: What building or stepping the nets throws.
  public init(_ workload: Workload, seconds: Double) throws {
    self.workload = workload
    let step = try workload.prepare()
    try step()
    firstStepSeconds = Self.processAge()
    for _ in 0..<5 { try step() }
    milliseconds = try Self.medianMilliseconds(seconds, step)
    peakMegabytes = Self.peakResidentMegabytes()
  }

  /// The line that `easel bench` prints.
  public var json: String {
    let figures: [(String, String)] = [
      ("workload", "\"\(workload.name)\""), ("library", "\"easel\""), ("batch", "\(workload.batch)"),
      ("threads", "\(Compute.threads)"), ("level", "\"\(KernelLevel.current)\""), ("ms", "\(milliseconds)"),
      ("steps_per_s", "\(1000 / milliseconds)"), ("samples_per_s", "\(1000 * Double(workload.batch) / milliseconds)"),
      ("peak_rss_mb", "\(peakMegabytes)"), ("time_to_first_step_s", "\(firstStepSeconds)"),
    ]
    return "{" + figures.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// Blocks long enough for the clock; the median over them, for the machine is not ours alone.
  private static func medianMilliseconds(_ seconds: Double, _ step: () throws -> Void) throws -> Double {
    var size = 1
    var blocks: [Double] = []
    let start = now()
    while now() - start < seconds || blocks.count < 5 {
      let begin = now()
      for _ in 0..<size { try step() }
      let elapsed = now() - begin
      blocks.append(elapsed / Double(size) * 1000)
      if elapsed < 0.1 {
        size *= 2
        blocks = []
      }
    }
    return blocks.sorted()[blocks.count / 2]
  }

  // MARK: The process

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

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
