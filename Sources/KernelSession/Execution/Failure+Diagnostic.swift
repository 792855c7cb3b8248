// SPDX-License-Identifier: Apache-2.0
import Language

extension Failure {
  /// The report of a diagnostic in `language`, as wide as `canvas`.
  init(_ diagnostic: Diagnostic, _ language: MessageLanguage, _ canvas: TerminalCanvas) {
    var canvas = canvas
    canvas.colour = .none
    let plain = diagnostic.lines(DisplayContext(language: language, canvas: canvas))
    canvas.colour = .sixteen
    let coloured = diagnostic.lines(DisplayContext(language: language, canvas: canvas))
    let place = diagnostic.place
    self.init(
      className: diagnostic.kind.rawValue, message: diagnostic.message(language), lines: plain,
      colouredLines: coloured, line: place?.line, column: place?.column)
  }
}

extension Diagnostic {
  /// The line and column of the first culprit, in characters from 1.
  fileprivate var place: (line: Int, column: Int)? {
    guard let source, let span = firstSpan else { return nil }
    let line = source.line(at: span.start)
    let start = source.span(ofLine: line).start
    return (line, source.text(of: SourceSpan(start, span.start)).count + 1)
  }

  private var firstSpan: SourceSpan? {
    for label in labels {
      if case .span(let span) = label.place { return span }
    }
    return span
  }
}
