// SPDX-License-Identifier: Apache-2.0
public import Language
import LineEditor

/// Finds out what the terminal can draw, each thing when it is first needed and never at start.
///
/// Used by the thread that executes.
public final class Capabilities {
  /// What the user chose.
  public var appearance: Appearance
  private let environment: Environment
  private let query: TerminalQuery
  private var hasNarrowBoxes: Bool?
  private var bestGraphics: TerminalCanvas.Graphics?

  /// Starts with what the environment says.
  ///
  /// - Parameters:
  ///   - appearance: What the user chose.
  ///   - environment: What the process was told.
  ///   - input: The descriptor on which the terminal answers.
  ///   - output: The descriptor on which it is asked.
  public init(_ appearance: Appearance, environment: Environment, input: Int32 = 0, output: Int32 = 1) {
    self.appearance = appearance
    self.environment = environment
    query = TerminalQuery(input: input, output: output)
  }

  /// The canvas for text; pictures need `pictureCanvas`.
  public var textCanvas: TerminalCanvas {
    let size = Terminal.size(of: query.output) ?? (80, 24)
    return TerminalCanvas(
      columns: environment.isTerminal ? max(20, size.columns) : 80, rows: max(4, size.rows),
      graphics: appearance.graphics ?? .none, colour: colour, unicode: hasUnicode, reader: appearance.reader)
  }

  /// The canvas for pictures; asks the terminal once.
  public var pictureCanvas: TerminalCanvas {
    var canvas = textCanvas
    canvas.graphics = graphics(canvas)
    return canvas
  }

  /// The colours of text.
  public var colour: TerminalCanvas.Colour { environment.colour(appearance.colour) }

  /// Whether lines may be redrawn: a terminal that knows how, and nobody who has them read aloud.
  public var canRedraw: Bool { !environment.isPlain && !appearance.reader }

  /// Whether the environment promises more than ASCII, for what is written before the terminal is asked.
  public var localeHasUnicode: Bool {
    switch appearance.characters {
    case .full: true
    case .ascii: false
    case .auto: environment.localeSpeaksUTF8 ?? false
    }
  }

  /// Whether text must do without symbols, as far as that is known without asking.
  var spellsInASCII: Bool {
    switch appearance.characters {
    case .full: false
    case .ascii: true
    case .auto: environment.localeSpeaksUTF8 == false || hasNarrowBoxes == false
    }
  }

  private var hasUnicode: Bool {
    switch appearance.characters {
    case .full: return true
    case .ascii: return false
    case .auto: break
    }
    if environment.localeSpeaksUTF8 == false { return false }
    // Files and pipes hold UTF-8; only a terminal has a font and columns.
    if !environment.isTerminal { return true }
    if environment.isPlain { return false }
    if let hasNarrowBoxes { return hasNarrowBoxes }
    let isNarrow = askBoxWidth().map { $0 == 1 } ?? (environment.localeSpeaksUTF8 ?? false)
    hasNarrowBoxes = isNarrow
    return isNarrow
  }

  /// How many columns a box character moves the cursor; nil when the terminal does not say.
  ///
  /// A terminal set to wide ambiguous characters moves by two, one that does not speak UTF-8 by three.
  private func askBoxWidth() -> Int? {
    guard let before = askColumn(after: "") else { return nil }
    let after = askColumn(after: "─")
    let width = after.map { $0 - before }
    query.write(width.map { $0 > 0 ? "\u{1B}[\($0)D\u{1B}[K" : "" } ?? "\r\u{1B}[K")
    return width
  }

  private func askColumn(after text: String) -> Int? {
    query.ask(text + "\u{1B}[6n", until: TerminalAnswers.cursorReport).flatMap(TerminalAnswers.column)
  }

  private func graphics(_ canvas: TerminalCanvas) -> TerminalCanvas.Graphics {
    if let chosen = appearance.graphics { return chosen }
    if !environment.isTerminal { return .none }
    if appearance.reader { return .none }
    guard canvas.unicode, !environment.isPlain else { return .ascii }
    if canvas.colour == .none || canvas.colour == .sixteen { return .shade }
    if let bestGraphics { return bestGraphics }
    let best = askGraphics()
    bestGraphics = best
    return best
  }

  /// One question for kitty's protocol and for sixels; every terminal answers to the second part.
  private func askGraphics() -> TerminalCanvas.Graphics {
    let kitty = environment.isMultiplexed ? "" : "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
    let report = query.ask(kitty + "\u{1B}[c", until: TerminalAnswers.attributesReport) ?? []
    if TerminalAnswers.drawsKitty(report) { return .kitty }
    if environment["TERM_PROGRAM"] == "iTerm.app", !environment.isMultiplexed { return .iterm }
    return TerminalAnswers.drawsSixels(report) ? .sixel : .half
  }
}
