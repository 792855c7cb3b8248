// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of a content with their types; null counts as absent.
public struct Fields: Sendable {
  private let json: JSON

  /// Reads `bytes` as an object.
  ///
  /// - Parameters:
  ///   - bytes: A frame as it came.
  ///   - frame: What the frame is called in errors.
  /// - Throws: `RequestError` when it is no JSON object.
  public init(parsing bytes: [UInt8], frame: String = "content") throws(RequestError) {
    do throws(JSONError) {
      json = try JSON(parsing: bytes)
    } catch {
      throw .notJSON(frame: frame, error)
    }
    guard json.members != nil else { throw .notAnObject(frame: frame) }
  }

  /// Text that must be there.
  public func string(_ name: String) throws(RequestError) -> String {
    guard let text = try optionalString(name) else { throw .missing(field: name) }
    return text
  }

  /// Text that may be absent.
  public func optionalString(_ name: String) throws(RequestError) -> String? {
    guard let value = present(name) else { return nil }
    guard case .string(let text) = value else { throw wrong(name, "a string", value) }
    return text
  }

  /// True or false, or what holds when it is absent.
  public func bool(_ name: String, default fallback: Bool) throws(RequestError) -> Bool {
    guard let value = present(name) else { return fallback }
    guard case .bool(let flag) = value else { throw wrong(name, "a boolean", value) }
    return flag
  }

  /// A whole number that may be absent; `3.0` counts as whole.
  public func optionalInteger(_ name: String) throws(RequestError) -> Int? {
    guard let value = present(name) else { return nil }
    switch value {
    case .integer(let number): return number
    case .number(let number):
      guard let whole = Int(exactly: number) else { throw wrong(name, "an integer", value) }
      return whole
    default: throw wrong(name, "an integer", value)
    }
  }

  /// One of a set of words that must be there.
  public func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws(RequestError) -> Word
  where Word.RawValue == String {
    let found = try string(name)
    guard let word = Word(rawValue: found) else {
      throw .unknownWord(field: name, found: found, allowed: Word.allCases.map(\.rawValue))
    }
    return word
  }

  /// An object whose values are all text; empty when it is absent.
  public func strings(_ name: String) throws(RequestError) -> [String: String] {
    var result: [String: String] = [:]
    for member in try object(name) {
      guard case .string(let text) = member.value else {
        throw wrong("\(name).\(member.name)", "a string", member.value)
      }
      result[member.name] = text
    }
    return result
  }

  /// An object; empty when it is absent.
  public func object(_ name: String) throws(RequestError) -> [JSON.Member] {
    guard let value = present(name) else { return [] }
    guard case .object(let members) = value else { throw wrong(name, "an object", value) }
    return members
  }

  private func present(_ name: String) -> JSON? {
    json[name] == .null ? nil : json[name]
  }

  private func wrong(_ name: String, _ wanted: String, _ value: JSON) -> RequestError {
    .wrongType(field: name, wanted: wanted, found: value.kind)
  }
}
