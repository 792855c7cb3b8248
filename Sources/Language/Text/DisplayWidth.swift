// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal text takes.
public enum DisplayWidth {
  /// The columns of a text: 2 for East Asian wide and full-width characters and emoji, 0 for marks, else 1.
  ///
  /// Characters of ambiguous width count as 1.
  public static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of one scalar.
  public static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x20 || scalar.value == 0x7F { return 0 }
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  /// The longest start of a text that fits into `columns`.
  public static func prefix(of text: String, columns limit: Int) -> String {
    var used = 0
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      used += columns(of: scalar)
      guard used <= limit else { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// The text, cut to `columns` with an ellipsis when it is longer.
  public static func fitted(_ text: String, columns limit: Int) -> String {
    columns(of: text) <= limit ? text : prefix(of: text, columns: max(0, limit - 1)) + "…"
  }

  /// East Asian wide and full-width blocks of Unicode 15, and emoji that are shown as pictures.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
      true
    case 0x1F000...0x1FAFF, 0x2300...0x27BF: scalar.properties.isEmojiPresentation
    default: false
    }
  }
}
