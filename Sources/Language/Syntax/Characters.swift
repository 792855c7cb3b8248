// SPDX-License-Identifier: Apache-2.0

/// One character of a source as the lexer sees it: full-width punctuation is already its ASCII form.
struct SourceCharacter {
  /// The scalar, made ASCII where it was full-width punctuation.
  let scalar: Unicode.Scalar
  /// How many bytes it takes in the source.
  let width: Int
  /// Whether it was full-width punctuation.
  let wasFullWidth: Bool
}

/// The classes of characters that the lexer tells apart.
enum Characters {
  /// The character at `offset`, which must be inside `bytes`.
  static func character(in bytes: [UInt8], at offset: Int) -> SourceCharacter {
    let first = bytes[offset]
    if first < 0x80 { return SourceCharacter(scalar: Unicode.Scalar(first), width: 1, wasFullWidth: false) }
    let (scalar, width) = decode(bytes, at: offset)
    if let ascii = asciiForm(of: scalar) { return SourceCharacter(scalar: ascii, width: width, wasFullWidth: true) }
    return SourceCharacter(scalar: scalar, width: width, wasFullWidth: false)
  }

  /// Decodes one scalar; a byte that starts none stands for U+FFFD.
  private static func decode(_ bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int) {
    var decoder = UTF8()
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return ("\u{FFFD}", 1) }
    return (scalar, UTF8.width(scalar))
  }

  /// The ASCII form of punctuation that Chinese input methods produce, and of the signs that our displays use.
  static func asciiForm(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF5E:
      Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x3000, 0x00A0: " "
    case 0x3001: ","
    case 0x3002: "."
    case 0x3010: "["
    case 0x3011: "]"
    case 0x201C, 0x201D: "\""
    case 0x2018, 0x2019: "'"
    case 0x2212: "-"
    default: nil
    }
  }

  /// Letters of any script, and the underscore.
  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }
    return scalar.properties.isIDStart
  }

  /// Letters, digits, marks, and the underscore.
  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return startsName(scalar) || isDigit(scalar) }
    return scalar.properties.isIDContinue
  }

  /// The ten ASCII digits.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Blanks inside a line.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
}
