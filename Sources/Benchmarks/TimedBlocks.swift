// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Blocks of runs, each long enough for the clock, timed one after the other.
struct TimedBlocks {
  /// Seconds a run: the median over blocks, for the machine is not ours alone.
  let median: Double
  /// How often a run touched a page of memory for the first time.
  let pageFaultsPerRun: Double

  init(seconds: Double, _ run: () throws -> Void) throws {
    var size = 1
    var blocks: [Double] = []
    blocks.reserveCapacity(1 << 16)
    let start = Self.now()
    var faults = Self.pageFaults()
    while Self.now() - start < seconds || blocks.count < 5 {
      let begin = Self.now()
      for _ in 0..<size { try run() }
      let elapsed = Self.now() - begin
      blocks.append(elapsed / Double(size))
      if elapsed < 0.1 {
        size *= 2
        blocks.removeAll(keepingCapacity: true)
        faults = Self.pageFaults()
      }
    }
    pageFaultsPerRun = Double(Self.pageFaults() - faults) / Double(blocks.count * size)
    median = blocks.sorted()[blocks.count / 2]
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func pageFaults() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_minflt
  }
}
