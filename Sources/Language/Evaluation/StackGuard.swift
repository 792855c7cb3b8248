// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Knows how far the thread's stack may grow, so that deep recursion ends in an error.
struct StackGuard {
  /// The lowest address that calls may reach.
  private let floor: UInt

  /// Allows calls to take five eighths of the usual stack of a thread, counted from here.
  ///
  /// The rest is for what is above the evaluator and for what the last call needs inside.
  init() {
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0
    // With an unlimited stack the C library gives threads 2 MB.
    let size = isKnown && limit.rlim_cur < 1 << 40 ? min(UInt(limit.rlim_cur), 8 << 20) : 2 << 20
    let here = Self.here
    floor = here - min(here, size / 8 * 5)
  }

  /// Whether there is room for another call.
  var hasRoom: Bool { Self.here > floor }

  /// An address in the current stack frame.
  private static var here: UInt {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
  }
}
