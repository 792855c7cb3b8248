// SPDX-License-Identifier: Apache-2.0

/// Where a kernel listens and how it proves messages, as a client wrote it.
public struct ConnectionFile: Sendable, Hashable {
  /// How bytes travel.
  public enum Transport: String, Sendable, CaseIterable {
    /// Over the network or the loopback interface.
    case tcp
    /// Through files of this machine.
    case ipc
  }

  /// The sockets of a kernel.
  public enum Channel: String, Sendable, CaseIterable {
    /// Requests.
    case shell
    /// Requests that cannot wait.
    case control
    /// What the kernel asks the user.
    case stdin
    /// What everybody sees.
    case iopub
    /// Whether the kernel lives.
    case heartbeat = "hb"
  }

  /// How bytes travel.
  public var transport: Transport
  /// The address to listen on, or the path that ipc addresses start with.
  public var ip: String
  /// The port of each channel.
  public var ports: [Channel: Int]
  /// The key of signatures; empty for none.
  public var key: String
  /// How messages are signed.
  public var scheme: SignatureScheme
  /// The two keys of CurveZMQ, when the transport is encrypted.
  public var curve: CurveKeys?

  /// Keys of CurveZMQ, each 40 characters of Z85.
  public struct CurveKeys: Sendable, Hashable {
    /// What clients know.
    public var publicKey: String
    /// What only the kernel needs.
    public var secretKey: String
  }

  /// Reads a connection file.
  public init(parsing bytes: [UInt8]) throws(ConnectionFileError) {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    guard json.members != nil else { throw .notAnObject }
    transport = try Self.word(json, "transport", default: .tcp)
    scheme = try Self.word(json, "signature_scheme", default: .sha256)
    ip = try Self.text(json, "ip") ?? "127.0.0.1"
    key = try Self.text(json, "key") ?? ""
    guard !ip.isEmpty else { throw .missing(field: "ip") }
    ports = [:]
    for channel in Channel.allCases { ports[channel] = try Self.port(json, "\(channel.rawValue)_port") }
    curve = try Self.curveKeys(json)
  }

  /// The ZeroMQ address of a channel.
  public func address(of channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return transport == .tcp ? "tcp://\(ip):\(port)" : "ipc://\(ip)-\(port)"
  }

  private static func text(_ json: JSON, _ field: String) throws(ConnectionFileError) -> String? {
    guard let value = json[field], value != .null else { return nil }
    guard let text = value.text else { throw .wrongType(field: field, wanted: "a string") }
    guard !text.utf8.contains(0) else { throw .wrongType(field: field, wanted: "a string without NUL") }
    return text
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ json: JSON, _ field: String, default fallback: Word
  ) throws(ConnectionFileError) -> Word where Word.RawValue == String {
    guard let text = try text(json, field) else { return fallback }
    guard let word = Word(rawValue: text) else {
      throw .unknownWord(field: field, found: text, allowed: Word.allCases.map(\.rawValue))
    }
    return word
  }

  private static func port(_ json: JSON, _ field: String) throws(ConnectionFileError) -> Int {
    guard let value = json[field] else { throw .missing(field: field) }
    guard case .integer(let port) = value, (0...65_535).contains(port) else {
      throw .wrongType(field: field, wanted: "a port number")
    }
    return port
  }

  private static func curveKeys(_ json: JSON) throws(ConnectionFileError) -> CurveKeys? {
    let publicKey = try text(json, "curve_publickey")
    let secretKey = try text(json, "curve_secretkey")
    if publicKey == nil, secretKey == nil { return nil }
    guard let publicKey else { throw .missing(field: "curve_publickey") }
    guard let secretKey else { throw .missing(field: "curve_secretkey") }
    for (field, key) in [("curve_publickey", publicKey), ("curve_secretkey", secretKey)]
    where key.utf8.count != 40 { throw .wrongType(field: field, wanted: "40 characters of Z85") }
    return CurveKeys(publicKey: publicKey, secretKey: secretKey)
  }
}

/// Why a connection file cannot be used.
public enum ConnectionFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(reason: String)
  /// It is not JSON.
  case notJSON(JSONError)
  /// It holds something other than an object.
  case notAnObject
  /// A field is missing.
  case missing(field: String)
  /// A field has a value of the wrong type.
  case wrongType(field: String, wanted: String)
  /// A field holds none of the words it may.
  case unknownWord(field: String, found: String, allowed: [String])

  /// What is wrong, in English, without any key.
  public var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .notJSON(let error): error.description
    case .notAnObject: "not a JSON object"
    case .missing(let field): "'\(field)' is missing"
    case .wrongType(let field, let wanted): "'\(field)' must be \(wanted)"
    case .unknownWord(let field, let found, let allowed):
      "'\(field)' must be one of \(allowed.joined(separator: ", ")), not '\(found.prefix(80))'"
    }
  }
}
