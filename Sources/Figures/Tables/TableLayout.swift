// SPDX-License-Identifier: Apache-2.0

/// A table set in columns of a given width.
struct TableLayout {
  private let table: Table
  private let canvas: Canvas
  private var widths: [Int]
  /// The columns that are shown.
  private var kept: [Int]
  private let rightAligned: [Bool]
  private let margin = 2

  init(_ table: Table, _ canvas: Canvas) {
    self.table = table
    self.canvas = canvas
    let shown = table.shownRows().flatMap { $0.rows.compactMap(\.self) }
    widths = table.columns.indices.map { column in
      shown.reduce(canvas.inRepertoire(table.columns[column].name.onOneLine).displayWidth()) {
        max($0, canvas.inRepertoire(table.cell($1, column).text).displayWidth())
      }
    }
    rightAligned = table.columns.indices.map(table.isRightAligned)
    kept = Array(table.columns.indices)
    drop()
    shrink()
  }

  /// The lines without the notes.
  func lines() -> [String] {
    var lines = titleLines()
    for (index, block) in blocks().enumerated() {
      if index > 0 { lines.append("") }
      lines += blockLines(block)
    }
    let missing = table.columns.indices.filter { !kept.contains($0) }.map { table.columns[$0].name }
    if !missing.isEmpty {
      let names = missing.joined(separator: ", ")
      let remark = canvas.wording("(no room here for: \(names))", "（此处放不下：\(names)）")
      lines += remark.wrapped(to: canvas.width, indent: 2)
    }
    return lines
  }

  /// Columns that say least are left out until the table fits; none are when that is not enough.
  private mutating func drop() {
    let order = kept.filter { table.columns[$0].dispensability > 0 }
      .sorted { table.columns[$0].dispensability > table.columns[$1].dispensability }
    var rest = kept
    for column in order where total(of: rest, gap: 1) > canvas.width { rest.removeAll { $0 == column } }
    if total(of: rest, gap: 1) <= canvas.width { kept = rest }
  }

  /// Wide columns of text give way until the table fits, but never below ten columns each.
  private mutating func shrink() {
    while total(of: kept, gap: 1) > canvas.width {
      let candidates = kept.filter { !rightAligned[$0] && !table.columns[$0].isPicture && widths[$0] > 10 }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }

  /// Columns that stand side by side; each block begins with the first column.
  private func blocks() -> [[Int]] {
    var blocks: [[Int]] = []
    var block: [Int] = []
    for column in kept {
      if block.count > 1, total(of: block + [column], gap: 2) > canvas.width,
        total(of: kept, gap: 1) > canvas.width
      {
        blocks.append(block)
        block = [0]
      }
      block.append(column)
    }
    return block.isEmpty ? blocks : blocks + [block]
  }

  private func total(of columns: some Collection<Int>, gap: Int) -> Int {
    columns.reduce(margin) { $0 + widths[$1] } + gap * max(0, columns.count - 1)
  }

  /// Two blanks between columns when there is room, else one.
  private func gap(_ block: [Int]) -> Int {
    total(of: block, gap: 2) <= canvas.width ? 2 : 1
  }

  private func titleLines() -> [String] {
    let heading = table.title.isEmpty ? firstHeading : table.title
    guard !heading.isEmpty || !table.aside.isEmpty else { return [] }
    let block = blocks().first ?? []
    let width = min(canvas.width, max(total(of: block, gap: gap(block)), 40))
    let title = canvas.inRepertoire(heading)
    let aside = canvas.inRepertoire(table.aside)
    let room = width - title.displayWidth() - aside.displayWidth()
    if aside.isEmpty { return title.wrapped(to: canvas.width).map { canvas.paint($0, .heading) } }
    if room < 2 { return title.wrapped(to: canvas.width).map { canvas.paint($0, .heading) } + [aside] }
    return [canvas.paint(title, .heading) + String(repeating: " ", count: room) + aside]
  }

  /// The heading of the first section stands above the column names when the table has no title.
  private var firstHeading: String {
    table.title.isEmpty ? table.sections.first?.heading ?? "" : ""
  }

  private func blockLines(_ block: [Int]) -> [String] {
    var lines: [String] = []
    if table.columns.contains(where: { !$0.name.isEmpty }) {
      lines.append(line(block) { (table.columns[$0].name.onOneLine, .faint) })
    }
    for (index, shown) in table.shownRows().enumerated() {
      let isOnTop = index == 0 && table.title.isEmpty
      if !shown.section.heading.isEmpty, !isOnTop {
        lines.append(canvas.paint(shown.section.heading.cut(to: canvas.width), .heading))
      }
      for row in shown.rows {
        guard let row else {
          let count = table.hiddenRowCount
          let more = canvas.wording("\(count) more rows", "另有 \(count) 行")
          lines.append("  \(canvas.glyphs.ellipsis) \(more)")
          continue
        }
        lines += rowLines(row, block)
      }
    }
    return lines
  }

  /// The lines of a row: more than one where a sentence does not fit into its column.
  private func rowLines(_ row: [Table.Cell], _ block: [Int]) -> [String] {
    let cells = block.map { column in
      let text = table.cell(row, column).text
      return widths[column] >= Self.narrowestSentence && !rightAligned[column] && !table.columns[column].isPicture
        ? canvas.inRepertoire(text).wrapped(to: widths[column]) : [text]
    }
    return (0..<(cells.map(\.count).max() ?? 0)).map { index in
      line(block) { column in
        let parts = block.firstIndex(of: column).map { cells[$0] } ?? []
        return (
          parts.indices.contains(index) ? parts[index] : "", table.cell(row, column).isWarning ? .warning : .plain
        )
      }
    }
  }

  /// Columns narrower than this are cut; sentences would stand in them a word a line.
  private static let narrowestSentence = 24

  private func line(_ block: [Int], _ content: (Int) -> (text: String, ink: Ink)) -> String {
    let separator = String(repeating: " ", count: gap(block))
    var result = String(repeating: " ", count: margin)
    for (place, column) in block.enumerated() {
      let (text, ink) = content(column)
      let fitting = canvas.inRepertoire(text).cut(to: widths[column], ellipsis: canvas.glyphs.ellipsis)
      let blanks = String(repeating: " ", count: max(0, widths[column] - fitting.displayWidth()))
      if place > 0 { result += separator }
      result += rightAligned[column] ? blanks + canvas.paint(fitting, ink) : canvas.paint(fitting, ink) + blanks
    }
    while result.last == " " { result.removeLast() }
    return result
  }
}
