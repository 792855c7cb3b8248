// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc

/// What the processor can do at best just now: a benchmark says with each figure how much of it was reached.
///
/// The clock, the neighbours and the place of virtual cores change from one run to the next.
public enum ProcessorProbe {
  /// Floating-point operations a nanosecond (GF/s) of fused multiply-adds in registers alone, on all threads of
  /// `Compute`; the best of many tries.
  public static func multiplyAddsPerNanosecond() -> Double {
    let rounds = 20_000
    let operations = Double(rounds * kernels.probes.operationsOfRound)
    return best(ofTries: 40) { threads, chunks in
      ThreadPool.shared.run(chunks: chunks, threads: threads) { _ in _ = kernels.probes.multiplyAdds(rounds) }
      return operations * Double(chunks)
    }
  }

  /// Bytes a nanosecond (GB/s), read and written both counted, of 16 MiB that stay in the last cache.
  ///
  /// The best of many tries; 0 when memory does not suffice.
  public static func bytesPerNanosecond() -> Double {
    let count = 1 << 21
    guard var values = try? Tensor.zeros([count]), let changes = try? Tensor.zeros([count]) else { return 0 }
    var step = SGDStep(learningRate: 0, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, isFirst: false)
    return best(ofTries: 40) { threads, chunks in
      try? values.withUniqueFloats { (p) throws(TensorError) in
        try changes.withFloats { (g) throws(TensorError) in
          try withExtendedPointer(&step) { step in
            ThreadPool.shared.run(chunks: chunks, threads: threads) { chunk in
              kernels.optimizers.sgd(step, p, g, nil, count * chunk / chunks, count * (chunk + 1) / chunks)
            }
          }
        }
      }
      return Double(12 * count)
    }
  }

  /// Nanoseconds that a cache line takes from one core to another and back, or 0 where there is no second thread.
  public static func roundTripNanoseconds() -> Double { processorRoundTrip(0.02) }

  /// The processor's own name.
  public static var name: String {
    var buffer = [CChar](repeating: 0, count: 64)
    processorName(&buffer)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The highest rate of several tries; `work` runs in a few chunks a thread and says how much it did.
  private static func best(ofTries tries: Int, _ work: (_ threads: Int, _ chunks: Int) -> Double) -> Double {
    let threads = Compute.threads
    var rate = 0.0
    for _ in 0..<tries {
      let begin = nanoseconds()
      let amount = work(threads, 4 * threads)
      rate = max(rate, amount / max(1, nanoseconds() - begin))
    }
    return rate
  }

  private static func nanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
