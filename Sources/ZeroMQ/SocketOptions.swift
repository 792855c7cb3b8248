// SPDX-License-Identifier: Apache-2.0
import CZeroMQ

extension Socket {
  /// The kinds of socket, by how they route what they carry.
  public enum Kind: Sendable {
    /// Routes to and from many peers by their identity.
    case router
    /// Sends to one peer at a time in turn, and receives from all.
    case dealer
    /// Answers one request at a time.
    case reply
    /// Asks one question at a time.
    case request
    /// Publishes, and hears who subscribes.
    case publisher
    /// Receives what it subscribed to.
    case subscriber

    var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .reply: ZMQ_REP
      case .request: ZMQ_REQ
      case .publisher: ZMQ_XPUB
      case .subscriber: ZMQ_SUB
      }
    }
  }

  /// The settings that take a whole number.
  public enum Option: Sendable {
    /// How long closing waits for unsent messages, in milliseconds.
    case linger
    /// How many messages wait for one slow peer before they are dropped; 0 means any number.
    case sendLimit
    /// How many received messages wait for us before the peer is slowed down; 0 means any number.
    case receiveLimit
    /// Whether a peer that comes back under the same identity takes its place again.
    case handover
    /// Whether every subscription is told, also one that somebody made before.
    case tellsEverySubscription
    /// Whether IPv6 addresses may be bound too.
    case ipv6

    var code: Int32 {
      switch self {
      case .linger: ZMQ_LINGER
      case .sendLimit: ZMQ_SNDHWM
      case .receiveLimit: ZMQ_RCVHWM
      case .handover: ZMQ_ROUTER_HANDOVER
      case .tellsEverySubscription: ZMQ_XPUB_VERBOSE
      case .ipv6: ZMQ_IPV6
      }
    }
  }

  /// Sets a whole number.
  public func set(_ option: Option, _ value: Int32) throws(ZMQError) {
    var value = value
    let result = unsafe zmq_setsockopt(pointer, option.code, &value, MemoryLayout<Int32>.size)
    guard result == 0 else { throw ZMQError("set \(option)") }
  }

  /// Makes the socket the server side of CurveZMQ: what it carries is encrypted, and only who knows the public key
  /// can connect.
  ///
  /// - Parameters:
  ///   - publicKey: 40 characters of Z85.
  ///   - secretKey: 40 characters of Z85.
  /// - Throws: `ZMQError` when a key is no key.
  public func encrypt(publicKey: String, secretKey: String) throws(ZMQError) {
    try set(ZMQ_CURVE_SERVER, 1, "set curve server")
    try set(ZMQ_CURVE_PUBLICKEY, publicKey, "set curve public key")
    try set(ZMQ_CURVE_SECRETKEY, secretKey, "set curve secret key")
  }

  /// Makes the socket the client side of CurveZMQ.
  ///
  /// - Parameters:
  ///   - serverKey: The server's public key, 40 characters of Z85.
  ///   - publicKey: The client's own public key.
  ///   - secretKey: The client's own secret key.
  /// - Throws: `ZMQError` when a key is no key.
  public func encrypt(serverKey: String, publicKey: String, secretKey: String) throws(ZMQError) {
    try set(ZMQ_CURVE_SERVERKEY, serverKey, "set curve server key")
    try set(ZMQ_CURVE_PUBLICKEY, publicKey, "set curve public key")
    try set(ZMQ_CURVE_SECRETKEY, secretKey, "set curve secret key")
  }

  /// Subscribes to the messages whose first frame starts with `topic`.
  public func subscribe(to topic: [UInt8] = []) throws(ZMQError) {
    let result = unsafe topic.withUnsafeBytes {
      unsafe zmq_setsockopt(pointer, ZMQ_SUBSCRIBE, $0.baseAddress, $0.count)
    }
    guard result == 0 else { throw ZMQError("subscribe") }
  }

  /// Sets the name by which a router knows this socket.
  public func setIdentity(_ identity: [UInt8]) throws(ZMQError) {
    let result = unsafe identity.withUnsafeBytes {
      unsafe zmq_setsockopt(pointer, ZMQ_ROUTING_ID, $0.baseAddress, $0.count)
    }
    guard result == 0 else { throw ZMQError("set identity") }
  }

  private func set(_ option: Int32, _ value: Int32, _ operation: String) throws(ZMQError) {
    var value = value
    let result = unsafe zmq_setsockopt(pointer, option, &value, MemoryLayout<Int32>.size)
    guard result == 0 else { throw ZMQError(operation) }
  }

  private func set(_ option: Int32, _ text: String, _ operation: String) throws(ZMQError) {
    let result = unsafe text.withCString { unsafe zmq_setsockopt(pointer, option, $0, text.utf8.count) }
    guard result == 0 else { throw ZMQError(operation) }
  }
}
