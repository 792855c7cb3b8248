// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Starts a thread that never ends and takes no signals, which belong to the session's threads.
func startThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var blocked = sigset_t()
  var before = sigset_t()
  sigfillset(&blocked)
  pthread_sigmask(SIG_SETMASK, &blocked, &before)
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  if failure != 0 { box.release() }
  pthread_sigmask(SIG_SETMASK, &before, nil)
}

private final class ThreadBody {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
