// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession

/// Runs programs on a thread with room for deep recursion; the process ends with what `body` returns.
enum BigStack {
  static let size = 64 << 20

  static func run(_ body: sending @escaping () -> Int32) -> Never {
    let started = Thread.start(stackSize: size) { exit(body()) }
    guard started else {
      Descriptors.complain("easel: no memory for a thread")
      exit(1)
    }
    while true { pause() }
  }
}
