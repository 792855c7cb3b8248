// SPDX-License-Identifier: Apache-2.0

extension JSON {
  /// Most lists and objects that may stand inside each other.
  public static let deepestNesting = 256

  /// Reads a document.
  ///
  /// Strict RFC 8259: nothing after the document, no comments, no NaN. A lone surrogate escape such as `\ud800` is an
  /// error, because no Unicode text can hold it.
  ///
  /// - Parameter bytes: The document in UTF-8.
  /// - Throws: `JSONError` with the place of the first byte that cannot be.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    parser.skipBlanks()
    self = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw JSONError(.unexpected, at: parser.place) }
  }
}

/// A text that is not a JSON document.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: String, Sendable, CaseIterable {
    /// The text ends too early.
    case ended = "the document ends too early"
    /// Something stands where it cannot.
    case unexpected = "a character that cannot stand here"
    /// Lists and objects stand inside each other too deeply.
    case tooDeep = "nested too deeply"
    /// A string is not Unicode: a lone surrogate or bytes that are not UTF-8.
    case notUnicode = "a string that is not Unicode"
    /// A number has no form that a computer holds.
    case badNumber = "a number that cannot be read"
  }

  /// What is wrong.
  public let reason: Reason
  /// Where, in bytes from the start.
  public let place: Int

  init(_ reason: Reason, at place: Int) {
    self.reason = reason
    self.place = place
  }

  /// What is wrong and where, in English.
  public var description: String { "not JSON: \(reason.rawValue), at byte \(place)" }
}

/// Reads one document from left to right.
struct JSONParser {
  let bytes: [UInt8]
  var place = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard place < bytes.count else { throw JSONError(.ended, at: place) }
    switch bytes[place] {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSON.Member] {
    guard depth <= JSON.deepestNesting else { throw JSONError(.tooDeep, at: place) }
    var members: [JSON.Member] = []
    place += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipBlanks()
      guard place < bytes.count else { throw JSONError(.ended, at: place) }
      guard bytes[place] == UInt8(ascii: "\"") else { throw JSONError(.unexpected, at: place) }
      let name = try string()
      skipBlanks()
      try need(UInt8(ascii: ":"))
      skipBlanks()
      members.append(JSON.Member(name, try value(depth: depth)))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return members }
      try need(UInt8(ascii: ","))
    }
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    guard depth <= JSON.deepestNesting else { throw JSONError(.tooDeep, at: place) }
    var elements: [JSON] = []
    place += 1
    skipBlanks()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      skipBlanks()
      elements.append(try value(depth: depth))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return elements }
      try need(UInt8(ascii: ","))
    }
  }

  private mutating func word(_ word: StaticString, _ meaning: JSON) throws(JSONError) -> JSON {
    let letters = Array(word.description.utf8)
    guard bytes[place...].starts(with: letters) else { throw JSONError(.unexpected, at: place) }
    place += letters.count
    return meaning
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func need(_ byte: UInt8) throws(JSONError) {
    guard place < bytes.count else { throw JSONError(.ended, at: place) }
    guard take(byte) else { throw JSONError(.unexpected, at: place) }
  }
}
