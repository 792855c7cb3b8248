// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
  /// Reads `-? int frac? exp?`; whole numbers that fit stay whole.
  mutating func number() throws(JSONError) -> JSON {
    let start = place
    _ = take(UInt8(ascii: "-"))
    let leading = digits()
    guard leading > 0 else { throw JSONError(place < bytes.count ? .unexpected : .ended, at: place) }
    let first = bytes[place - leading]
    guard leading == 1 || first != UInt8(ascii: "0") else { throw JSONError(.badNumber, at: start) }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard digits() > 0 else { throw JSONError(.badNumber, at: start) }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
      guard digits() > 0 else { throw JSONError(.badNumber, at: start) }
    }
    guard place - start <= 1024 else { throw JSONError(.badNumber, at: start) }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let whole = Int(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else { throw JSONError(.badNumber, at: start) }
    return .number(number)
  }

  /// Reads a string, whose opening quote stands at `place`.
  mutating func string() throws(JSONError) -> String {
    let start = place
    place += 1
    var scratch: [UInt8] = []
    while true {
      let run = place
      while place < bytes.count, isPlain(bytes[place]) { place += 1 }
      guard place < bytes.count else { throw JSONError(.ended, at: place) }
      let byte = bytes[place]
      guard byte >= 0x20 else { throw JSONError(.unexpected, at: place) }
      if byte == UInt8(ascii: "\""), scratch.isEmpty {
        place += 1
        return try text(bytes[run..<place - 1], from: start)
      }
      scratch.append(contentsOf: bytes[run..<place])
      place += 1
      if byte == UInt8(ascii: "\"") { return try text(scratch[...], from: start) }
      try escape(into: &scratch)
    }
  }

  private func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte >= 0x20
  }

  private func text(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else { throw JSONError(.notUnicode, at: start) }
    return text
  }

  /// Reads what follows a backslash.
  private mutating func escape(into scratch: inout [UInt8]) throws(JSONError) {
    guard place < bytes.count else { throw JSONError(.ended, at: place) }
    let letter = bytes[place]
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"): scratch.append(contentsOf: String(Character(try unicodeEscape())).utf8)
    default: throw JSONError(.unexpected, at: place - 1)
    }
  }

  /// Reads the digits after `\u`, and the second half of a pair of surrogates.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let start = place
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw JSONError(.notUnicode, at: start)
    }
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw JSONError(.notUnicode, at: start) }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard place + 4 <= bytes.count else { throw JSONError(.ended, at: bytes.count) }
    var value: UInt32 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw JSONError(.unexpected, at: place)
      }
      value = value << 4 | UInt32(digit)
    }
    place += 4
    return value
  }

  private mutating func digits() -> Int {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
    return place - start
  }
}
