// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What each thread that computes with tensors keeps for itself.
///
/// Tensors stay on the thread that made them, so nothing here needs a lock. It is looked up by thread because
/// operators such as `a + b` have no argument to pass it in, and behind a plain pointer because every operation asks.
struct ThreadState: ~Copyable {
  /// Memory for tensors.
  var buffers = BufferPool()
  /// Whether operations on tensors that require gradients are recorded.
  var isRecording = true
  /// The number of the latest node: inputs always have smaller numbers than results.
  private var latestNode: UInt64 = 0
  /// On how many threads the operations of this one run.
  var threads = Compute.defaultThreads
  /// Asked during long operations; true means to give up.
  var shouldAbandon: (() -> Bool)?

  /// The number for a new node.
  mutating func takeNumber() -> UInt64 {
    latestNode &+= 1
    return latestNode
  }

  /// The state of the calling thread, which lives as long as the thread.
  static var current: UnsafeMutablePointer<ThreadState> {
    if let known = pthread_getspecific(key) { return known.assumingMemoryBound(to: ThreadState.self) }
    return makeCurrent()
  }

  private static func makeCurrent() -> UnsafeMutablePointer<ThreadState> {
    let made = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
    made.initialize(to: ThreadState())
    pthread_setspecific(key, made)
    return made
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { state in
      guard let state = state?.assumingMemoryBound(to: ThreadState.self) else { return }
      state.deinitialize(count: 1)
      state.deallocate()
    }
    return key
  }()
}
