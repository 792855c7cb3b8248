// SPDX-License-Identifier: Apache-2.0
import CSodium

/// The SHA-256 digest of a file's contents, to know published data from damaged or foreign data.
enum SHA256 {
  /// The digest as 64 hexadecimal digits.
  static func hexadecimal(of bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
