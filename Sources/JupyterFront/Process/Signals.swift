// SPDX-License-Identifier: Apache-2.0
import CLinux

/// The signals that the kernel reads like messages instead of being hit by them.
struct Signals: Sendable {
  let descriptor: Descriptor

  /// Blocks SIGINT, SIGTERM and SIGHUP in this thread and those it starts afterwards.
  init?() {
    guard let descriptor = Descriptor(linux_signal_descriptor()) else { return nil }
    self.descriptor = descriptor
  }

  /// The next signal that has come.
  func next() -> Int32? {
    let signal = linux_next_signal(descriptor.number)
    return signal == 0 ? nil : signal
  }
}
