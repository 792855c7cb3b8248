// SPDX-License-Identifier: Apache-2.0

/// What terminals answer to the questions of `TerminalQuery`, found in bytes that may hold typed keys before them.
enum TerminalAnswers {
  /// Where a report of the cursor's position stands, `ESC [ row ; column R`.
  static func cursorReport(in bytes: [UInt8]) -> Range<Int>? {
    report(in: bytes, opening: [0x1B, 0x5B], final: UInt8(ascii: "R"))
  }

  /// Where the report of the terminal's attributes stands, `ESC [ ? … c`, with a graphics answer before it if any.
  static func attributesReport(in bytes: [UInt8]) -> Range<Int>? {
    guard let attributes = report(in: bytes, opening: [0x1B, 0x5B, 0x3F], final: UInt8(ascii: "c")) else { return nil }
    let graphics = bytes.firstRange(of: Array("\u{1B}_G".utf8))
    return min(graphics?.lowerBound ?? attributes.lowerBound, attributes.lowerBound)..<attributes.upperBound
  }

  private static func report(in bytes: [UInt8], opening: [UInt8], final: UInt8) -> Range<Int>? {
    guard bytes.last == final, let start = bytes.lastIndex(of: 0x1B), bytes[start...].starts(with: opening) else {
      return nil
    }
    let body = bytes[(start + opening.count)...].dropLast()
    guard body.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    return start..<bytes.count
  }

  /// The column in a report of the cursor's position, from 1.
  static func column(_ report: [UInt8]) -> Int? {
    let text = String(decoding: report.dropFirst(2).dropLast(), as: UTF8.self)
    return text.split(separator: ";").last.flatMap { Int($0) }
  }

  /// Whether the terminal says that it draws sixels: attribute 4, compared exactly.
  static func drawsSixels(_ report: [UInt8]) -> Bool {
    guard let start = report.lastIndex(of: 0x3F) else { return false }
    let attributes = String(decoding: report[(start + 1)...].dropLast(), as: UTF8.self)
    return attributes.split(separator: ";").contains("4")
  }

  /// Whether the terminal answered to kitty's graphics question.
  static func drawsKitty(_ report: [UInt8]) -> Bool {
    report.firstRange(of: Array("\u{1B}_G".utf8)) != nil && report.firstRange(of: Array(";OK".utf8)) != nil
  }
}
