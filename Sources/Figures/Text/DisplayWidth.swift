// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
  /// The number of terminal columns that the text takes.
  ///
  /// East Asian wide characters and emoji take two columns, combining marks and control characters none.
  ///
  /// - Parameter ambiguousIsWide: Whether the terminal draws characters of East Asian class A (Greek and Cyrillic
  ///   letters, box drawing, `×`, `…`) two columns wide.
  /// - Returns: Columns, 0 or more.
  public func displayWidth(ambiguousIsWide: Bool = false) -> Int {
    // ASCII, by far the most frequent, needs no tables and no segmentation.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    var width = 0
    for character in self { width += character.displayWidth(ambiguousIsWide: ambiguousIsWide) }
    return width
  }
}

extension Character {
  /// The number of terminal columns that the character takes: 0, 1 or 2.
  ///
  /// - Parameter ambiguousIsWide: As for strings.
  /// - Returns: The columns of the widest part; joined emoji and flags take two.
  public func displayWidth(ambiguousIsWide: Bool = false) -> Int {
    var width = 0
    var regionalIndicators = 0
    for scalar in unicodeScalars {
      if scalar.value == 0xFE0F, width > 0 { return 2 }
      if (0x1F1E6...0x1F1FF).contains(scalar.value) { regionalIndicators += 1 }
      width = Swift.max(width, scalar.displayWidth(ambiguousIsWide: ambiguousIsWide))
    }
    return regionalIndicators == 2 ? 2 : width
  }
}

extension Unicode.Scalar {
  fileprivate func displayWidth(ambiguousIsWide: Bool) -> Int {
    if value < 0x300 {
      if value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD { return 0 }
      return ambiguousIsWide && EastAsianWidth.isAmbiguous(self) ? 2 : 1
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    // The vowels and final consonants of Hangul join the syllable before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    if EastAsianWidth.isWide(self) { return 2 }
    return ambiguousIsWide && EastAsianWidth.isAmbiguous(self) ? 2 : 1
  }
}
