// SPDX-License-Identifier: Apache-2.0

/// The line that a user typed for a cell that asked.
public struct InputReply: Sendable, Hashable {
  /// The line, without its newline.
  public var value: String
  /// The question, when the client names it; clients need not.
  public var question: String?

  /// Reads a verified message; nil when it is no such reply.
  public init?(_ message: WireMessage) {
    guard let header = try? Header(parsing: message.header), header.type == "input_reply",
      let value = (try? JSON(parsing: message.content))?["value"]?.text
    else { return nil }
    self.value = value
    question = (try? JSON(parsing: message.parentHeader))?["msg_id"]?.text
  }
}
