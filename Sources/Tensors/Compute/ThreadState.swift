// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What each thread that computes with tensors keeps for itself.
///
/// Tensors stay on the thread that made them, so nothing here needs a lock. It is looked up by thread because
/// operators such as `a + b` have no argument to pass it in.
final class ThreadState {
  var buffers = BufferPool()
  /// Whether operations on tensors that require gradients are recorded.
  var isRecording = true
  /// The number of the next node: inputs always have smaller numbers than results.
  var nextNode: UInt64 = 0
  /// On how many threads the operations of this one run.
  var threads = Compute.defaultThreads
  /// Asked during long operations; true means to give up.
  var shouldAbandon: (() -> Bool)?

  /// The state of the calling thread.
  static var current: ThreadState {
    if let known = pthread_getspecific(key) {
      return Unmanaged<ThreadState>.fromOpaque(known).takeUnretainedValue()
    }
    let made = ThreadState()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { state in
      if let state { Unmanaged<ThreadState>.fromOpaque(state).release() }
    }
    return key
  }()
}
