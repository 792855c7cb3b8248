// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Tensors

/// Tells long tensor operations when to give up.
///
/// Asked to pause, a session finishes the operation it is in, for that is over in a moment, and an optimizer that is
/// half through its parameters must not be left so. Only an operation that goes on for long is given up.
final class OperationWatch {
  /// How long an operation may go on after a request to pause, in seconds.
  static let patience = 0.03

  private let interrupt: Interrupt
  private var pausedSince: Double?

  private init(_ interrupt: Interrupt) { self.interrupt = interrupt }

  /// Makes the operations of this thread give up when the cells of `interrupt` are stopped.
  static func attach(to interrupt: Interrupt) {
    let watch = OperationWatch(interrupt)
    Compute.interruptCheck = { watch.shouldGiveUp }
  }

  private var shouldGiveUp: Bool {
    switch interrupt.level {
    case .nothing:
      pausedSince = nil
      return false
    case .pause:
      let now = OperationWatch.now()
      let since = pausedSince ?? now
      pausedSince = since
      return now - since > OperationWatch.patience
    case .abandon: return true
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
