// SPDX-License-Identifier: Apache-2.0
import CZeroMQ

/// What the sockets of a process share: libzmq's own threads and its queues in memory.
///
/// Ends when the last socket that came from it is gone, after what they still had to send is sent or their linger is
/// over.
@safe public final class Context: @unchecked Sendable {
  // libzmq documents a context as safe to use from any thread, and the pointer never changes.
  let pointer: UnsafeMutableRawPointer

  /// Makes a context.
  ///
  /// - Throws: `ZMQError` when the process has no descriptors left.
  public init() throws(ZMQError) {
    guard let pointer = unsafe zmq_ctx_new() else { throw ZMQError("new context") }
    unsafe self.pointer = pointer
  }

  deinit {
    while unsafe zmq_ctx_term(pointer) == -1, zmq_errno() == EINTR {}
  }

  /// Limits the size of one frame that a peer may send, in bytes; larger ones end its connection.
  ///
  /// Holds for sockets made afterwards.
  public func limitFrames(to bytes: Int32) {
    _ = unsafe zmq_ctx_set(pointer, ZMQ_MAX_MSGSZ, bytes)
  }
}
