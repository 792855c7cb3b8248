// SPDX-License-Identifier: Apache-2.0
import CSodium

/// How messages are signed.
public enum SignatureScheme: String, Sendable, CaseIterable {
  /// HMAC over SHA-256.
  case sha256 = "hmac-sha256"
  /// HMAC over SHA-512.
  case sha512 = "hmac-sha512"
}

/// Signs messages and verifies signatures, RFC 2104; an empty key means neither.
public struct Signer: Sendable {
  private enum Prepared: Sendable {
    case nothing
    case sha256(crypto_auth_hmacsha256_state)
    case sha512(crypto_auth_hmacsha512_state)
  }

  private let prepared: Prepared

  /// Prepares a key.
  ///
  /// - Parameters:
  ///   - key: The key of the connection file, any length; empty for no signatures.
  ///   - scheme: The hash to use.
  public init(key: [UInt8], scheme: SignatureScheme = .sha256) {
    guard !key.isEmpty else {
      prepared = .nothing
      return
    }
    switch scheme {
    case .sha256:
      var state = crypto_auth_hmacsha256_state()
      crypto_auth_hmacsha256_init(&state, key, key.count)
      prepared = .sha256(state)
    case .sha512:
      var state = crypto_auth_hmacsha512_state()
      crypto_auth_hmacsha512_init(&state, key, key.count)
      prepared = .sha512(state)
    }
  }

  /// Whether messages are signed at all.
  public var isSigning: Bool {
    if case .nothing = prepared { false } else { true }
  }

  /// The signature over the four frames of a message, in lower-case hexadecimal; empty without a key.
  public func signature(of message: WireMessage) -> [UInt8] {
    let frames = [message.header, message.parentHeader, message.metadata, message.content]
    return digest(of: frames).flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 15)] }
  }

  /// Checks the signature over the raw frames, in a time that does not depend on where they differ.
  ///
  /// - Parameter message: The message as it came.
  /// - Throws: `WireError.badSignature`; never without a key.
  public func verify(_ message: WireMessage) throws(WireError) {
    guard isSigning else { return }
    let expected = signature(of: message)
    guard expected.count == message.signature.count,
      sodium_memcmp(expected, message.signature, expected.count) == 0
    else { throw .badSignature }
  }

  private func digest(of frames: [[UInt8]]) -> [UInt8] {
    switch prepared {
    case .nothing: return []
    case .sha256(var state):
      for frame in frames { crypto_auth_hmacsha256_update(&state, frame, UInt64(frame.count)) }
      var digest = [UInt8](repeating: 0, count: 32)
      crypto_auth_hmacsha256_final(&state, &digest)
      return digest
    case .sha512(var state):
      for frame in frames { crypto_auth_hmacsha512_update(&state, frame, UInt64(frame.count)) }
      var digest = [UInt8](repeating: 0, count: 64)
      crypto_auth_hmacsha512_final(&state, &digest)
      return digest
    }
  }
}
