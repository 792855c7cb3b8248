// SPDX-License-Identifier: Apache-2.0

/// The line of a mistake with carets under the culprits.
struct Excerpt {
  /// A culprit on the line.
  private struct Mark {
    let column: Int
    let width: Int
    let text: Text
  }

  private let gutter: String
  private let line: String
  private let marks: [Mark]
  private let heading: String?
  private let columns: Int

  /// Nil when there is nothing to point at: no labels, and a source of one line that was just typed.
  init?(_ diagnostic: Diagnostic, columns: Int) {
    guard let source = diagnostic.source, let offset = diagnostic.offset, diagnostic.kind != .interrupted else {
      return nil
    }
    let number = source.line(at: offset)
    let span = source.span(ofLine: number)
    let isMultiline = source.line(at: source.bytes.count) > 1
    let spans = Self.spans(diagnostic, in: span)
    guard !spans.isEmpty || isMultiline || source.isFile || diagnostic.isElsewhere else { return nil }
    heading = diagnostic.isElsewhere && !source.isFile && !source.name.isEmpty ? source.name : nil
    gutter = isMultiline ? Self.gutter(number) : "    "
    self.columns = columns
    let view = LineView(
      source, span, around: spans.first?.span.start ?? span.start, columns: columns - gutter.utf8.count)
    line = view.text
    marks = spans.compactMap { mark in
      guard let (column, width) = view.columns(of: mark.span) else { return nil }
      return Mark(column: column, width: width, text: mark.text)
    }
  }

  private static func gutter(_ number: Int) -> String {
    let digits = "\(number)"
    return String(repeating: " ", count: max(0, 4 - digits.utf8.count)) + digits + " | "
  }

  /// The labels that start on the line, in order, without those that lie inside an earlier one.
  private static func spans(_ diagnostic: Diagnostic, in line: SourceSpan) -> [(span: SourceSpan, text: Text)] {
    let spans: [(span: SourceSpan, text: Text)] = diagnostic.labels.compactMap { label in
      guard case .span(let span) = label.place, span.start >= line.start, span.start <= line.end else { return nil }
      return (SourceSpan(span.start, min(span.end, line.end)), label.text)
    }
    var result: [(span: SourceSpan, text: Text)] = []
    for span in spans.sorted(by: { $0.span.start < $1.span.start })
    where span.span.start >= (result.last?.span.end ?? 0) {
      result.append(span)
    }
    return result
  }

  // MARK: Lines

  func lines(_ paint: Paint, _ language: MessageLanguage) -> [String] {
    let margin = String(repeating: " ", count: gutter.utf8.count)
    var lines = heading.map { ["  " + (language == .chinese ? "位于 \($0)：" : "in \($0):")] } ?? []
    lines.append(gutter + line)
    guard !marks.isEmpty else { return lines }
    var carets = ""
    for mark in marks {
      carets += String(repeating: " ", count: max(0, mark.column - carets.utf8.count))
      carets += String(repeating: "^", count: mark.width)
    }
    if marks.count == 1, let text = oneLabel(language, behind: carets.utf8.count + margin.utf8.count) {
      return lines + [margin + paint.caret(carets) + text]
    }
    lines.append(margin + paint.caret(carets))
    return lines + labelRows(language).map { margin + $0 }
  }

  /// The text of the only label, when it fits behind its carets.
  private func oneLabel(_ language: MessageLanguage, behind column: Int) -> String? {
    let text = marks[0].text(language)
    if text.isEmpty { return "" }
    return column + 1 + DisplayWidth.columns(of: text) <= columns ? " " + text : nil
  }

  /// The texts below their carets, on as many rows as they need.
  private func labelRows(_ language: MessageLanguage) -> [String] {
    var rows: [String] = []
    let room = columns - gutter.utf8.count
    for mark in marks {
      let text = DisplayWidth.fitted(mark.text(language), columns: room)
      guard !text.isEmpty else { continue }
      let column = max(0, min(mark.column, room - DisplayWidth.columns(of: text)))
      let row = rows.firstIndex { $0.isEmpty || DisplayWidth.columns(of: $0) < column } ?? rows.count
      if row == rows.count { rows.append("") }
      rows[row] += String(repeating: " ", count: column - DisplayWidth.columns(of: rows[row])) + text
    }
    return rows
  }
}

/// A line of a source as it is shown: cut to the width around the culprit, control characters made visible.
private struct LineView {
  let text: String
  private let source: SourceText
  private let shown: SourceSpan
  private let lead: Int

  init(_ source: SourceText, _ line: SourceSpan, around offset: Int, columns: Int) {
    self.source = source
    var start = line.start
    // Wide lines are cut by bytes first, so that a line of megabytes costs nothing.
    if offset - start > columns * 2 / 3 {
      let before = source.text(of: SourceSpan(max(start, offset - columns * 4), offset))
      if offset - start > columns * 4 || DisplayWidth.columns(of: before) > columns * 2 / 3 {
        start = Self.start(before: offset, in: before, columns: columns / 2)
      }
    }
    lead = start > line.start ? 1 : 0
    let room = columns - lead
    let candidate = source.text(of: SourceSpan(start, min(line.end, start + columns * 4)))
    let isWhole = start + columns * 4 >= line.end && DisplayWidth.columns(of: Self.visible(candidate)) <= room
    let kept = isWhole ? candidate : Self.prefix(of: candidate, columns: room - 1)
    shown = SourceSpan(start, start + kept.utf8.count)
    text = (lead > 0 ? "…" : "") + Self.visible(kept) + (isWhole ? "" : "…")
  }

  /// The offset that is `columns` columns before `offset`; `text` ends there.
  private static func start(before offset: Int, in text: String, columns: Int) -> Int {
    var used = 0
    var bytes = 0
    for scalar in text.unicodeScalars.reversed() {
      used += DisplayWidth.columns(of: scalar)
      guard used <= columns else { break }
      bytes += UTF8.width(scalar)
    }
    return offset - bytes
  }

  /// The longest start that takes no more than `columns` once it is visible.
  private static func prefix(of text: String, columns: Int) -> String {
    var used = 0
    var prefix = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      used += DisplayWidth.columns(of: visible(scalar))
      guard used <= columns else { break }
      prefix.append(scalar)
    }
    return String(prefix)
  }

  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar == "\t" ? " " : scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar
  }

  private static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(visible(scalar)) }
    return String(result)
  }

  /// Where a span is shown; nil when it is cut off.
  func columns(of span: SourceSpan) -> (column: Int, width: Int)? {
    guard span.start >= shown.start, span.start <= shown.end else { return nil }
    let before = Self.visible(source.text(of: SourceSpan(shown.start, span.start)))
    let inside = Self.visible(source.text(of: SourceSpan(span.start, min(span.end, shown.end))))
    return (lead + DisplayWidth.columns(of: before), max(1, DisplayWidth.columns(of: inside)))
  }
}
