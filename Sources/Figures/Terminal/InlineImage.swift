// SPDX-License-Identifier: Apache-2.0

/// PNG files inside escape sequences.
enum InlineImage {
  /// kitty's graphics protocol: shown at the cursor, scaled to `columns`, in pieces of at most 4096 characters.
  static func kitty(_ file: [UInt8], columns: Int) -> String {
    let encoded = Array(Base64.encode(file).utf8)
    var text = ""
    for start in stride(from: 0, to: max(1, encoded.count), by: 4096) {
      let end = min(start + 4096, encoded.count)
      let keys = start == 0 ? "a=T,f=100,q=2,c=\(columns)," : ""
      let piece = String(decoding: encoded[start..<end], as: UTF8.self)
      text += "\u{1B}_G\(keys)m=\(end < encoded.count ? 1 : 0);\(piece)\u{1B}\\"
    }
    return text
  }

  /// iTerm2's inline image: `columns` wide, its proportions kept.
  static func iterm(_ file: [UInt8], columns: Int) -> String {
    "\u{1B}]1337;File=inline=1;size=\(file.count);width=\(columns);preserveAspectRatio=1:\(Base64.encode(file))\u{07}"
  }
}

/// Base 64 (RFC 4648) with padding.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
