// SPDX-License-Identifier: Apache-2.0

/// A verified message from a client.
public struct Request: Sendable, Hashable {
  /// Where it came.
  public var channel: RequestChannel
  /// The routing frames of who sent it.
  public var identities: [[UInt8]]
  /// What it says of itself.
  public var header: Header
  /// The header byte for byte, which answers repeat.
  public var rawHeader: [UInt8]
  /// The other frames, not yet decoded.
  public var metadata: [UInt8]
  /// The content, not yet decoded.
  public var content: [UInt8]
  /// Binary data.
  public var buffers: [[UInt8]]

  /// Takes a verified message apart, as far as its header.
  public init(_ message: WireMessage, on channel: RequestChannel) throws(WireError) {
    self.channel = channel
    identities = message.identities
    header = try Header(parsing: message.header)
    rawHeader = message.header
    metadata = message.metadata
    content = message.content
    buffers = message.buffers
  }

  /// The known type of the message, or nil.
  public var type: MessageType? { MessageType(rawValue: header.type) }

  /// The fields of the content.
  public func fields() throws(RequestError) -> Fields {
    try Fields(parsing: content)
  }
}
