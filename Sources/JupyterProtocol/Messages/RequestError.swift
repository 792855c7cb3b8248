// SPDX-License-Identifier: Apache-2.0

/// Why a well-signed request cannot be carried out; it is answered with an error reply.
public enum RequestError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A frame is not JSON.
  case notJSON(frame: String, JSONError)
  /// A frame holds something other than an object.
  case notAnObject(frame: String)
  /// A field is missing.
  case missing(field: String)
  /// A field has a value of the wrong type.
  case wrongType(field: String, wanted: String, found: String)
  /// A field holds none of the words it may.
  case unknownWord(field: String, found: String, allowed: [String])
  /// Nobody knows this type of message.
  case unknownType(String)
  /// This type of message belongs on another channel.
  case wrongChannel(type: String, wanted: String)
  /// The message is for a subshell that does not exist.
  case unknownSubshell(String)
  /// A subshell is there already as often as it may.
  case tooManySubshells(limit: Int)

  /// The class of error that clients show.
  public static let className = "RequestError"

  /// What is wrong, in English.
  public var description: String {
    switch self {
    case .notJSON(let frame, let error): "the \(frame) is \(error)"
    case .notAnObject(let frame): "the \(frame) must be a JSON object"
    case .missing(let field): "the field '\(field)' is missing"
    case .wrongType(let field, let wanted, let found): "the field '\(field)' must be \(wanted), not \(found)"
    case .unknownWord(let field, let found, let allowed):
      "the field '\(field)' must be one of \(allowed.joined(separator: ", ")), not '\(found.prefix(80))'"
    case .unknownType(let type): "'\(type.prefix(80))' is no message that this kernel knows"
    case .wrongChannel(let type, let wanted): "\(type) belongs on the \(wanted) channel"
    case .unknownSubshell(let name): "there is no subshell '\(name.prefix(80))'"
    case .tooManySubshells(let limit): "there are \(limit) subshells already, which is the most"
    }
  }
}
