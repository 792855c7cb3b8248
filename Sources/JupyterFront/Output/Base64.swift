// SPDX-License-Identifier: Apache-2.0

/// The bytes in base 64, RFC 4648 §4, in one line with padding.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  return String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
    var place = 0
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let left = bytes.count - start
      let second = left > 1 ? bytes[start + 1] : 0
      let third = left > 2 ? bytes[start + 2] : 0
      text[place] = alphabet[Int(bytes[start] >> 2)]
      text[place + 1] = alphabet[Int((bytes[start] & 3) << 4 | second >> 4)]
      text[place + 2] = left > 1 ? alphabet[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "=")
      text[place + 3] = left > 2 ? alphabet[Int(third & 63)] : UInt8(ascii: "=")
      place += 4
    }
    return place
  }
}
