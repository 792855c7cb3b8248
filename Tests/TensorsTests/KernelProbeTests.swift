// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Testing

/// The probes that benchmarks compare with.
@Suite struct KernelProbeTests {
  @Test(arguments: Level.all) func multiplyAddsConverge(_ level: Level) {
    // x = x / 2 + 1/4 goes to 1/2, x / 2 + 1/8 to 1/4: the sums of both halves of a tile.
    let result = level.table.probes.multiplyAdds(200)
    let numbers = Float(level.table.probes.operationsOfRound / 2)
    #expect(result == numbers / 2 * 0.75)
  }

  @Test func aLineTravelsBetweenCores() {
    #expect(processorRoundTrip(0.01) > 0)
  }

  @Test func theProcessorHasAName() {
    var name = [CChar](repeating: 1, count: 64)
    processorName(&name)
    #expect(name[0] != 0 && name.contains(0))
  }
}
