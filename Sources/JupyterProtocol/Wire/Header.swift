// SPDX-License-Identifier: Apache-2.0

/// What a message says of itself.
public struct Header: Sendable, Hashable {
  /// The name of the message, unique in its session.
  public var messageID: String
  /// The session of the sender.
  public var session: String
  /// The user at the sender's side.
  public var username: String
  /// What kind of message it is.
  public var type: String
  /// The subshell that it is for; nil for the main one.
  public var subshell: String?

  /// Makes a header.
  public init(messageID: String, session: String, username: String, type: String, subshell: String? = nil) {
    self.messageID = messageID
    self.session = session
    self.username = username
    self.type = type
    self.subshell = subshell
  }

  /// Reads a header; only what is needed to answer must be there.
  public init(parsing bytes: [UInt8]) throws(WireError) {
    guard let json = try? JSON(parsing: bytes), let messageID = json["msg_id"]?.text,
      let type = json["msg_type"]?.text
    else { throw .badHeader }
    self.messageID = messageID
    self.type = type
    session = json["session"]?.text ?? ""
    username = json["username"]?.text ?? ""
    subshell = json["subshell_id"]?.text
  }
}
