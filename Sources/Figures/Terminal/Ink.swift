// SPDX-License-Identifier: Apache-2.0

/// How a piece of text is coloured, where there are colours; meaning never rests on the colour alone.
enum Ink: Hashable {
  case plain
  case heading
  case faint
  case warning
  /// The n-th series of a chart.
  case series(Int)
  /// Below zero, above zero.
  case negative, positive
}

extension Canvas {
  /// The text in an ink, with escape codes when the canvas has colours.
  func paint(_ text: String, _ ink: Ink) -> String {
    guard color != .none, ink != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(code(ink))m\(text)\u{1B}[0m"
  }

  private func code(_ ink: Ink) -> String {
    switch ink {
    case .plain: "0"
    case .heading: "1"
    case .faint: "2"
    case .warning: "31"
    case .series(let index): SeriesStyle(index).terminalCode(color)
    case .negative: SeriesStyle(0).terminalCode(color)
    case .positive: SeriesStyle(1).terminalCode(color)
    }
  }
}
