// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
  /// The lines that people see: sentence, excerpt with carets, notes, help; at most twelve.
  ///
  /// No line is wider than the canvas. Escape codes appear only when the canvas has colours.
  public func lines(_ context: DisplayContext) -> [String] {
    DiagnosticRenderer(self, context).lines()
  }

  /// The first line without file and colours, such as `ShapeError: bce needs equal shapes`.
  public func summary(_ language: MessageLanguage) -> String { "\(kind.rawValue): \(message(language))" }
}

/// Lays out a diagnostic.
struct DiagnosticRenderer {
  private static let lineLimit = 12

  private let diagnostic: Diagnostic
  private let language: MessageLanguage
  private let columns: Int
  private let paint: Paint

  init(_ diagnostic: Diagnostic, _ context: DisplayContext) {
    self.diagnostic = diagnostic
    language = context.language
    columns = max(context.canvas.columns, 20)
    paint = Paint(isOn: context.canvas.colour != .none)
  }

  func lines() -> [String] {
    let head = headline()
    let tail = chain()
    let excerpt = Excerpt(diagnostic, columns: columns)?.lines(paint, language) ?? []
    let help = helpLines()
    var notes = diagnostic.notes.flatMap { TextLayout.wrapped("  " + $0(language), columns: columns, indent: 2) }
    let room = Self.lineLimit - head.count - excerpt.count - help.count - tail.count
    if notes.count > max(room, 0) { notes = Array(notes.prefix(max(room, 0))) }
    return Array((head + excerpt + notes + help + tail).prefix(Self.lineLimit))
  }

  // MARK: Parts

  private func headline() -> [String] {
    var place = ""
    if let source = diagnostic.source, source.isFile, let offset = diagnostic.offset {
      place = "\(source.name):\(source.line(at: offset)): "
    }
    let kind = diagnostic.kind.rawValue
    var lines = TextLayout.wrapped(
      place + kind + ": " + diagnostic.message(language), columns: columns, indent: 2)
    lines = Array(lines.prefix(4))
    if lines[0].hasPrefix(place + kind) {
      lines[0] = place + paint.error(kind) + lines[0].dropFirst((place + kind).count)
    }
    return lines
  }

  private func helpLines() -> [String] {
    let first = language == .chinese ? "  帮助：" : "  help: "
    let other = language == .chinese ? "  或：" : "    or: "
    var lines: [String] = []
    for (index, help) in diagnostic.help.prefix(4).enumerated() {
      let label = index == 0 ? first : other
      let indent = DisplayWidth.columns(of: label)
      lines += self.lines(of: help, label: label, indent: indent)
    }
    return lines
  }

  /// The code is never broken; its remark moves to the next line when it does not fit.
  private func lines(of help: Diagnostic.Help, label: String, indent: Int) -> [String] {
    let painted = paint.help(label)
    let remark = help.remark.map { $0(language) }
    guard let code = help.code else {
      var lines = TextLayout.wrapped(label + (remark ?? ""), columns: columns, indent: indent)
      lines[0] = painted + lines[0].dropFirst(label.count)
      return lines
    }
    let line = painted + DisplayWidth.fitted(code, columns: columns - indent)
    guard let remark else { return [line] }
    let width = indent + DisplayWidth.columns(of: code) + 4 + DisplayWidth.columns(of: remark)
    if width <= columns { return [line + "  # " + remark] }
    return [line]
      + TextLayout.wrapped(String(repeating: " ", count: indent) + "# " + remark, columns: columns, indent: indent + 2)
  }

  /// `in errD_real ← step_fn ← step(t, 500)`; a long chain keeps its two ends.
  private func chain() -> [String] {
    guard diagnostic.chain.count > 1 else { return [] }
    var calls = diagnostic.chain
    if calls.count > 6 {
      let between = calls.count - 5
      calls = calls.prefix(3) + [language == .chinese ? "…（\(between) 层）…" : "… \(between) calls …"] + calls.suffix(2)
    }
    let text = (language == .chinese ? "  位于 " : "  in ") + calls.joined(separator: " ← ")
    return [DisplayWidth.fitted(text, columns: columns)]
  }
}

extension Diagnostic {
  /// Where it happened: the first label, else the statement.
  var offset: Int? {
    for label in labels {
      if case .span(let span) = label.place { return span.start }
    }
    return span?.start
  }
}

/// Escape codes of the sixteen colours, or none.
struct Paint {
  let isOn: Bool

  func error(_ text: String) -> String { wrap(text, "1;31") }
  func caret(_ text: String) -> String { wrap(text, "31") }
  func help(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
