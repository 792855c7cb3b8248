// SPDX-License-Identifier: Apache-2.0

/// What a `complete_request` asks for.
public struct CompleteRequest: Sendable, Hashable {
  /// The code.
  public var code: String
  /// The place of the cursor, in UTF-8 bytes.
  public var offset: Int

  /// Reads the content of a request.
  public init(_ fields: Fields) throws(RequestError) {
    code = try fields.string("code")
    offset = code.utf8Offset(ofScalar: try fields.optionalInteger("cursor_pos"))
  }
}

/// What an `inspect_request` asks for.
public struct InspectRequest: Sendable, Hashable {
  /// The code.
  public var code: String
  /// The place of the cursor, in UTF-8 bytes.
  public var offset: Int
  /// How much to tell: 0, or 1 for more.
  public var detail: Int

  /// Reads the content of a request.
  public init(_ fields: Fields) throws(RequestError) {
    code = try fields.string("code")
    offset = code.utf8Offset(ofScalar: try fields.optionalInteger("cursor_pos"))
    detail = min(1, max(0, try fields.optionalInteger("detail_level") ?? 0))
  }
}

/// What a `history_request` asks for.
public struct HistoryRequest: Sendable, Hashable {
  /// How inputs are chosen.
  public enum Access: String, Sendable, CaseIterable {
    /// Those of one session, by their numbers.
    case range
    /// The last ones.
    case tail
    /// Those that match a pattern.
    case search
  }

  /// How inputs are chosen.
  public var access: Access
  /// Whether results are wanted too.
  public var output: Bool
  /// The session: 0 is this one, −1 the one before.
  public var session: Int
  /// The first number of a range.
  public var start: Int
  /// The number after the last of a range; nil for the end.
  public var stop: Int?
  /// How many at most; nil for all.
  public var count: Int?
  /// The pattern, with `*` and `?`.
  public var pattern: String
  /// Whether equal inputs are wanted once.
  public var unique: Bool

  /// Reads the content of a request.
  public init(_ fields: Fields) throws(RequestError) {
    access = try fields.word("hist_access_type")
    output = try fields.bool("output", default: false)
    // Inputs are stored as typed, so a raw and a translated history are the same; the type is checked all the same.
    _ = try fields.bool("raw", default: true)
    session = try fields.optionalInteger("session") ?? 0
    start = try fields.optionalInteger("start") ?? 1
    stop = try fields.optionalInteger("stop")
    count = try fields.optionalInteger("n")
    pattern = try fields.optionalString("pattern") ?? "*"
    unique = try fields.bool("unique", default: false)
  }
}

/// What a `comm_open`, `comm_msg` or `comm_close` says.
public struct CommMessage: Sendable, Hashable {
  /// The comm.
  public var comm: String
  /// What a new comm wants to talk to; empty otherwise.
  public var target: String
  /// What is said.
  public var data: JSON

  /// Reads the content of a message.
  public init(_ fields: Fields, type: MessageType) throws(RequestError) {
    comm = try fields.string("comm_id")
    target = type == .commOpen ? try fields.string("target_name") : ""
    data = .object(try fields.object("data"))
  }
}

extension String {
  /// The UTF-8 offset of a place given in Unicode code points; nil and places beyond the ends count as the nearest end.
  public func utf8Offset(ofScalar count: Int?) -> Int {
    guard let count else { return utf8.count }
    guard count > 0 else { return 0 }
    var offset = 0
    for scalar in unicodeScalars.prefix(count) { offset += UTF8.width(scalar) }
    return offset
  }

  /// The place in Unicode code points of a UTF-8 offset.
  public func scalarCount(utf8Offset: Int) -> Int {
    utf8.prefix(max(0, utf8Offset)).count { $0 & 0xC0 != 0x80 }
  }
}
