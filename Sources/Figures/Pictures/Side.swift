// SPDX-License-Identifier: Apache-2.0

/// Figures beside each other.
public struct Side: Figure {
  /// The figures from left to right.
  public var figures: [any Figure]

  /// Makes a row of figures.
  public init(_ figures: [any Figure]) {
    self.figures = figures
  }

  /// What each figure shows.
  public func alternativeText(_ wording: Wording) -> String {
    figures.map { $0.alternativeText(wording) }.joined(separator: " | ")
  }

  /// The figures' texts beside each other where they fit, else below each other.
  ///
  /// Pictures in a terminal's own graphics cannot stand beside each other in text, so they are stacked.
  public func text(on canvas: Canvas) -> String {
    let isInline = canvas.graphics == .kitty || canvas.graphics == .iterm || canvas.graphics == .sixel
    guard figures.count > 1, !isInline, !canvas.reader else { return stacked(canvas) }
    var part = canvas
    part.columns = (canvas.width - 3 * (figures.count - 1)) / figures.count
    // Narrower than this, figures say more below each other.
    let isTooNarrow = figures.contains { figure in
      (figure as? Sheet).map { $0.columns * (TileArt(part).narrowest + 1) > part.columns + 1 } ?? false
    }
    guard part.columns >= 32, !isTooNarrow else { return stacked(canvas) }
    let texts = figures.map { $0.text(on: part).split(separator: "\n", omittingEmptySubsequences: false) }
    let widths = texts.map { lines in lines.map(EscapeCodes.displayWidth).max() ?? 0 }
    let height = texts.map(\.count).max() ?? 0
    let lines = (0..<height).map { row in
      var line = ""
      for (place, lines) in texts.enumerated() {
        let text = row < lines.count ? lines[row] : ""
        line += text
        if place < texts.count - 1 {
          line += String(repeating: " ", count: widths[place] + 3 - EscapeCodes.displayWidth(text))
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    return lines.joined(separator: "\n")
  }

  private func stacked(_ canvas: Canvas) -> String {
    figures.map { $0.text(on: canvas) }.joined(separator: "\n")
  }
}

/// Escape codes inside text that has been painted.
enum EscapeCodes {
  /// The columns that a painted text takes: colour codes take none.
  static func displayWidth(_ text: some StringProtocol) -> Int {
    guard text.utf8.contains(0x1B) else { return text.displayWidth() }
    var plain = String.UnicodeScalarView()
    var isInside = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isInside = true }
      if !isInside { plain.append(scalar) }
      if isInside, ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) { isInside = false }
    }
    return String(plain).displayWidth()
  }
}
