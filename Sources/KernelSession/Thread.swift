// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Plain system threads: a cell computes for minutes and a reader blocks, which no cooperative pool survives.
public enum Thread {
  /// Starts a thread that runs `body` once.
  ///
  /// - Parameters:
  ///   - stackSize: Its stack in bytes.
  ///   - body: What it does.
  /// - Returns: Whether the system gave a thread.
  @discardableResult
  public static func start(stackSize: Int = 8 << 20, _ body: sending @escaping () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let body = Unmanaged.passRetained(Body(body))
    var thread = pthread_t()
    let failure = pthread_create(&thread, &attributes, runThread, body.toOpaque())
    if failure != 0 { body.release() }
    return failure == 0
  }
}

/// What a new thread is handed.
private final class Body {
  let run: () -> Void

  init(_ run: @escaping () -> Void) {
    self.run = run
  }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
