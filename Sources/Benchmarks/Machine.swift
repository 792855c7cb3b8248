// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What this machine can do at best while a benchmark runs.
public struct Machine: Sendable {
  /// The processor's own name.
  public let name: String
  /// Fused multiply-adds in registers on all threads, GF/s.
  public let peak: Double
  /// Reading and writing what the last cache holds, GB/s.
  public let bandwidth: Double
  /// A cache line from one core to another and back, ns.
  public let roundTrip: Double

  /// Probes the machine for about a tenth of a second.
  public init() {
    name = ProcessorProbe.name
    peak = ProcessorProbe.multiplyAddsPerNanosecond()
    bandwidth = ProcessorProbe.bytesPerNanosecond()
    roundTrip = ProcessorProbe.roundTripNanoseconds()
  }

  /// The least milliseconds that a step can take here.
  ///
  /// Every multiply-add at the peak, and every parameter with its two moments read and written once from the last
  /// cache, one after the other.
  public func floor(of cost: WorkloadCost, batch: Int) -> Double {
    guard peak > 0, bandwidth > 0 else { return 0 }
    let operations = 2 * Double(cost.multiplyAdds * batch)
    return (operations / peak + 24 * Double(cost.updatedParameters) / bandwidth) / 1e6
  }
}
