// SPDX-License-Identifier: Apache-2.0
import CZeroMQ

/// A ZeroMQ socket that belongs to one thread.
///
/// Neither copyable nor sendable, so that only the thread that made it can use it. Nothing here waits: `Poller` does.
@safe public struct Socket: ~Copyable {
  /// Most frames that a message may have; the rest are read and thrown away.
  public static let mostFrames = 1024

  private let context: Context
  let pointer: UnsafeMutableRawPointer

  /// Opens a socket.
  ///
  /// - Throws: `ZMQError` when the process has no descriptors left.
  public init(_ kind: Kind, in context: Context) throws(ZMQError) {
    guard let pointer = unsafe zmq_socket(context.pointer, kind.code) else { throw ZMQError("new socket") }
    self.context = context
    unsafe self.pointer = pointer
  }

  deinit {
    _ = unsafe zmq_close(pointer)
  }

  /// Listens at `address`, such as `tcp://127.0.0.1:5555` or `ipc:///tmp/name-1`.
  public func bind(to address: String) throws(ZMQError) {
    _ = try retrying("bind \(address)") { unsafe zmq_bind(pointer, address) }
  }

  /// Connects to a listening socket, now or as soon as it is there.
  public func connect(to address: String) throws(ZMQError) {
    _ = try retrying("connect \(address)") { unsafe zmq_connect(pointer, address) }
  }

  /// The address that the socket was bound to last, with the port that the system chose.
  public var address: String {
    var text = [CChar](repeating: 0, count: 512)
    var size = text.count
    let result = unsafe text.withUnsafeMutableBytes { buffer in
      unsafe zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, buffer.baseAddress, &size)
    }
    guard result == 0, size > 0 else { return "" }
    return String(decoding: text.prefix(size - 1).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The next message, or nil when none has arrived.
  public func receive() throws(ZMQError) -> [[UInt8]]? {
    guard let first = try receiveFrame() else { return nil }
    var frames = [first.bytes]
    var hasMore = first.hasMore
    while hasMore, let next = try receiveFrame() {
      if frames.count < Self.mostFrames { frames.append(next.bytes) }
      hasMore = next.hasMore
    }
    return frames
  }

  /// Sends a message without waiting.
  ///
  /// - Returns: Whether it was taken; a router drops what is for a peer that is gone, and counts it as taken.
  @discardableResult
  public func send(_ frames: [[UInt8]]) throws(ZMQError) -> Bool {
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      let sent = try retrying("send") {
        unsafe frame.withUnsafeBytes { unsafe zmq_send(pointer, $0.baseAddress, $0.count, flags) }
      }
      if sent == nil { return false }
    }
    return true
  }

  private func receiveFrame() throws(ZMQError) -> (bytes: [UInt8], hasMore: Bool)? {
    var message = zmq_msg_t()
    _ = unsafe zmq_msg_init(&message)
    defer { _ = unsafe zmq_msg_close(&message) }
    let size = try retrying("receive") { unsafe zmq_msg_recv(&message, pointer, ZMQ_DONTWAIT) }
    guard size != nil else { return nil }
    let count = unsafe zmq_msg_size(&message)
    guard count > 0, let data = unsafe zmq_msg_data(&message) else {
      return ([], unsafe zmq_msg_more(&message) != 0)
    }
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: data, count: count))
    return (bytes, unsafe zmq_msg_more(&message) != 0)
  }
}
