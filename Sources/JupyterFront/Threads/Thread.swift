// SPDX-License-Identifier: Apache-2.0
import CLinux

/// Plain POSIX threads: what waits in polls or computes for long must not sit in the runtime's own pool.
enum Thread {
  /// Starts a thread that ends on its own.
  ///
  /// - Parameters:
  ///   - name: What tools such as `top` show; at most 15 bytes.
  ///   - stackSize: Bytes of its stack; only what is used takes memory.
  ///   - body: What it does.
  /// - Throws: `ThreadError` when the system has no room for another.
  static func start(
    _ name: String, stackSize: Int = 8 << 20, _ body: @escaping @Sendable () -> Void
  ) throws(ThreadError) {
    let box = Unmanaged.passRetained(Body(body))
    let result = linux_start_thread(
      name, stackSize, { context in if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() } },
      box.toOpaque())
    guard result == 0 else {
      box.release()
      throw ThreadError(code: result)
    }
  }
}

/// A thread that could not be started.
struct ThreadError: Error, Sendable, Hashable {
  /// The error number.
  let code: Int32
}

/// What a new thread gets from the one that starts it.
private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}
