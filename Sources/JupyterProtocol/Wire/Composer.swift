// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Makes the messages of one kernel: numbers, dates and signs them.
///
/// Any thread may use it.
public final class Composer: Sendable {
  /// The protocol version that every header names.
  public static let version = "5.5"
  /// The parent of a message that answers nothing.
  public static let noParent = Array("{}".utf8)

  /// The kernel's own session, new with every process.
  public let session: String
  private let signer: Signer
  private let count = Atomic<Int>(0)

  /// Starts a session with a random name.
  public init(signer: Signer) {
    self.signer = signer
    session = randomName()
  }

  /// A signed message.
  ///
  /// - Parameters:
  ///   - type: Its `msg_type`.
  ///   - content: What it says.
  ///   - parent: The header of the request that it answers, byte for byte.
  ///   - identities: Where it goes: the requester's identities, or the topic on iopub.
  ///   - metadata: What is said about it.
  ///   - buffers: Binary data.
  ///   - clock: When it is made.
  /// - Returns: The frames to send.
  public func compose(
    _ type: String, _ content: JSON, parent: [UInt8] = Composer.noParent, identities: [[UInt8]] = [],
    metadata: JSON = .object([]), buffers: [[UInt8]] = [], at clock: WallClock = .now
  ) -> [[UInt8]] {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    let header: JSON = [
      "msg_id": .string("\(session)_\(number)"), "session": .string(session), "username": "easel",
      "date": .string(clock.description), "msg_type": .string(type), "version": .string(Self.version),
    ]
    var message = WireMessage(
      identities: identities, header: header.serialized, parentHeader: parent, metadata: metadata.serialized,
      content: content.serialized, buffers: buffers)
    message.signature = signer.signature(of: message)
    return message.frames
  }

  /// A message for iopub, whose first frame is the topic that subscribers may choose.
  public func publish(
    _ type: String, _ content: JSON, parent: [UInt8] = Composer.noParent, metadata: JSON = .object([]),
    buffers: [[UInt8]] = []
  ) -> [[UInt8]] {
    compose(
      type, content, parent: parent, identities: [Array("kernel.\(session).\(type)".utf8)], metadata: metadata,
      buffers: buffers)
  }
}

/// 32 random hexadecimal digits, as good as a UUID.
public func randomName() -> String {
  var random = SystemRandomNumberGenerator()
  let digits = (0..<32).map { _ in hexadecimalDigit(UInt8.random(in: 0..<16, using: &random)) }
  return String(decoding: digits, as: UTF8.self)
}
