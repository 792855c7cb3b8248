// SPDX-License-Identifier: Apache-2.0
import CZeroMQ

/// Waits until one of several sockets and file descriptors has something to read.
///
/// Belongs to the thread of its sockets, which must outlive it.
@safe public struct Poller: ~Copyable {
  private var items: [zmq_pollitem_t] = unsafe []

  /// Makes a poller that watches nothing.
  public init() {}

  /// Watches a socket.
  ///
  /// - Returns: The place at which `isReadable` answers for it.
  public mutating func watch(_ socket: borrowing Socket) -> Int {
    unsafe items.append(zmq_pollitem_t(socket: socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0))
    return unsafe items.count - 1
  }

  /// Watches a file descriptor.
  ///
  /// - Returns: The place at which `isReadable` answers for it.
  public mutating func watch(descriptor: Int32) -> Int {
    unsafe items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    return unsafe items.count - 1
  }

  /// Watches what is at `place`, or not for the time being.
  public mutating func set(_ place: Int, isWatched: Bool) {
    unsafe items[place].events = isWatched ? Int16(ZMQ_POLLIN) : 0
    unsafe items[place].revents = 0
  }

  /// Waits until something can be read or the time is over.
  ///
  /// - Parameter milliseconds: The longest wait; −1 waits for ever, 0 not at all.
  /// - Throws: `ZMQError` when something that is watched is gone.
  public mutating func wait(milliseconds: Int) throws(ZMQError) {
    let count = unsafe Int32(items.count)
    let result = unsafe items.withUnsafeMutableBufferPointer { buffer in
      unsafe zmq_poll(buffer.baseAddress, count, milliseconds)
    }
    guard result == -1 else { return }
    let error = ZMQError("poll")
    guard error.code == EINTR else { throw error }
    for index in unsafe items.indices { unsafe items[index].revents = 0 }
  }

  /// Whether the last wait found something to read at `place`; an error on a descriptor counts.
  public func isReadable(_ place: Int) -> Bool {
    unsafe items[place].revents != 0
  }
}
