// SPDX-License-Identifier: Apache-2.0

/// A rough reading of the code before the cursor, enough to know what could stand there.
///
/// Unlike the parser it never fails: half a line is what completion is asked about.
struct CodeScanner {
  /// A piece of the code.
  enum Piece: Equatable {
    case name(String)
    case number
    case string
    case symbol(Character)
    case newline
  }

  /// What the cursor stands in.
  enum Place: Equatable {
    /// Between pieces, or at the end of a name.
    case code
    /// In a string whose text starts at this byte.
    case string(start: Int)
    case comment
  }

  /// The pieces before the cursor, each with its first byte; the one that the cursor is in or touches comes last.
  private(set) var pieces: [(piece: Piece, start: Int)] = []
  private(set) var place = Place.code
  private var scalars: Substring.UnicodeScalarView
  private var offset = 0

  /// Reads `code` up to the byte `end`.
  init(_ code: String, upTo end: Int) {
    let utf8 = code.utf8
    let limit = utf8.index(utf8.startIndex, offsetBy: end, limitedBy: utf8.endIndex) ?? utf8.endIndex
    scalars = Substring(String(decoding: utf8[..<limit], as: UTF8.self)).unicodeScalars
    while let scalar = next() { read(scalar) }
  }

  private mutating func next() -> Unicode.Scalar? {
    guard let scalar = scalars.popFirst() else { return nil }
    offset += UTF8.width(scalar)
    return scalar
  }

  private mutating func read(_ scalar: Unicode.Scalar) {
    let start = offset - UTF8.width(scalar)
    place = .code
    switch CodeScanner.plain(scalar) {
    case "\n": pieces.append((.newline, start))
    case "#": readComment()
    case "\"", "'": readString(CodeScanner.plain(scalar), start)
    case let scalar where scalar.properties.isWhitespace: break
    case let scalar where CodeScanner.startsName(scalar): readName(scalar, start)
    case let scalar where CodeScanner.isDigit(scalar): readNumber(start)
    case let scalar: pieces.append((.symbol(Character(scalar)), start))
    }
  }

  private mutating func readComment() {
    place = .comment
    while let scalar = scalars.first, scalar != "\n" { _ = next() }
    if !scalars.isEmpty { place = .code }
  }

  private mutating func readString(_ quote: Unicode.Scalar, _ start: Int) {
    place = .string(start: offset)
    while let scalar = next() {
      if scalar == "\\" {
        _ = next()
      } else if CodeScanner.plain(scalar) == quote || scalar == "\n" {
        place = .code
        pieces.append((.string, start))
        if scalar == "\n" { pieces.append((.newline, offset - 1)) }
        return
      }
    }
    pieces.append((.string, start))
  }

  private mutating func readName(_ first: Unicode.Scalar, _ start: Int) {
    var name = String(first)
    while let scalar = scalars.first, CodeScanner.startsName(scalar) || CodeScanner.isDigit(scalar) {
      name.unicodeScalars.append(scalar)
      _ = next()
    }
    pieces.append((.name(name), start))
  }

  private mutating func readNumber(_ start: Int) {
    while let scalar = scalars.first, CodeScanner.isDigit(scalar) || CodeScanner.startsName(scalar) || scalar == "." {
      _ = next()
    }
    pieces.append((.number, start))
  }

  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// The ASCII form of full-width punctuation, which Chinese input methods make.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{FF01}"..."\u{FF5E}":
      let plain = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
      return plain.properties.isAlphabetic || isDigit(plain) ? scalar : plain
    case "“", "”": return "\""
    case "‘", "’": return "'"
    default: return scalar
    }
  }
}
