// SPDX-License-Identifier: Apache-2.0

/// The frames of a message, by what they are for, not yet verified or decoded.
public struct WireMessage: Sendable, Hashable {
  /// The frame that separates identities from the message.
  public static let delimiter = Array("<IDS|MSG>".utf8)
  /// Most frames that a message may have.
  public static let mostFrames = 512

  /// Where replies go: the router's own routing frames, one or more.
  public var identities: [[UInt8]]
  /// The signature in hexadecimal; empty without a key.
  public var signature: [UInt8]
  /// The header, as sent.
  public var header: [UInt8]
  /// The header of the message that this one answers, as sent.
  public var parentHeader: [UInt8]
  /// The metadata, as sent.
  public var metadata: [UInt8]
  /// The content, as sent.
  public var content: [UInt8]
  /// Binary data, not signed.
  public var buffers: [[UInt8]]

  /// Makes a message from its parts.
  public init(
    identities: [[UInt8]] = [], signature: [UInt8] = [], header: [UInt8], parentHeader: [UInt8] = Array("{}".utf8),
    metadata: [UInt8] = Array("{}".utf8), content: [UInt8] = Array("{}".utf8), buffers: [[UInt8]] = []
  ) {
    self.identities = identities
    self.signature = signature
    self.header = header
    self.parentHeader = parentHeader
    self.metadata = metadata
    self.content = content
    self.buffers = buffers
  }

  /// Splits received frames at the delimiter; nothing is looked into.
  public init(frames: [[UInt8]]) throws(WireError) {
    guard frames.count <= Self.mostFrames else { throw .tooManyFrames }
    guard let place = frames.firstIndex(of: Self.delimiter) else { throw .noDelimiter }
    guard frames.count - place - 1 >= 5 else { throw .tooFewFrames }
    identities = Array(frames[..<place])
    signature = frames[place + 1]
    header = frames[place + 2]
    parentHeader = frames[place + 3]
    metadata = frames[place + 4]
    content = frames[place + 5]
    buffers = Array(frames[(place + 6)...])
  }

  /// The name of the message in `frames`, as its header gives it.
  public static func messageID(of frames: [[UInt8]]) -> String? {
    (try? WireMessage(frames: frames)).flatMap { try? Header(parsing: $0.header) }?.messageID
  }

  /// The frames to send, in order.
  public var frames: [[UInt8]] {
    identities + [Self.delimiter, signature, header, parentHeader, metadata, content] + buffers
  }
}
