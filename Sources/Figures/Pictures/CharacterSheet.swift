// SPDX-License-Identifier: Apache-2.0
import Images

/// A sheet drawn with characters, every tile averaged on its own grid of pixels.
struct CharacterSheet {
  private let sheet: Sheet
  private let canvas: Canvas
  private let layout: SheetLayout
  private let art: TileArt

  init(_ sheet: Sheet, _ canvas: Canvas) {
    let art = TileArt(canvas)
    let layout = SheetLayout(sheet, canvas, art)
    self.canvas = canvas
    self.layout = layout
    self.art = art
    if layout.isReflowed {
      var reflowed = sheet
      reflowed.columns = layout.perLine
      self.sheet = reflowed
    } else {
      self.sheet = sheet
    }
  }

  /// The lines of all bands, at most two screens of them unless all rows are asked for.
  func lines() -> [String] {
    let (rows, bands) = shownPart()
    var lines: [String] = []
    for band in bands {
      if layout.bands.count > 1 {
        let (first, last) = (band.lowerBound + 1, band.upperBound)
        lines.append(
          canvas.wording(
            "columns \(first) to \(last) of \(sheet.columns)", "第 \(first) 至 \(last) 列，共 \(sheet.columns) 列"))
      }
      if let names = namesLine(band) { lines.append(names) }
      for group in rowGroups(rows) { lines += groupLines(group, band) }
    }
    return lines + remarks(rows, bands).flatMap { $0.wrapped(to: canvas.width, indent: 2) }
  }

  private var rowHeight: Int {
    let named = sheet.rowNames.isEmpty ? 0 : 1
    let labelled = sheet.labels.contains { !$0.isEmpty } ? 1 : 0
    return art.rows(columns: layout.tileColumns, of: sheet.tileSize) + named + labelled
  }

  /// The rows and bands that fit on two screens.
  private func shownPart() -> (rows: Range<Int>, bands: [Range<Int>]) {
    let limit = max(1, canvas.rows) * 2
    if sheet.showsAllRows { return (0..<sheet.rows, layout.bands) }
    let extra = (layout.bands.count > 1 ? 1 : 0) + (sheet.columnNames.isEmpty ? 0 : 1)
    let fitting = (limit / layout.bands.count - extra) / max(1, rowHeight)
    if fitting >= 1 { return (0..<min(sheet.rows, fitting), layout.bands) }
    let bands = max(1, limit / (rowHeight + extra))
    return (0..<1, Array(layout.bands.prefix(bands)))
  }

  private func remarks(_ rows: Range<Int>, _ bands: [Range<Int>]) -> [String] {
    var lines: [String] = []
    let hiddenRows = sheet.rows - rows.count
    let hiddenColumns = bands.count < layout.bands.count ? sheet.columns - (bands.last?.upperBound ?? 0) : 0
    let nouns = [(hiddenRows, "row", "行"), (hiddenColumns, "column", "列")]
    for (count, noun, chinese) in nouns where count > 0 {
      let more = canvas.wording(
        "\(count) more \(noun)\(count == 1 ? "" : "s"): rows=\"all\" shows all",
        "另有 \(count) \(chinese)：用 rows=\"all\" 显示全部")
      lines.append("\(canvas.glyphs.ellipsis) \(more)")
    }
    if layout.isReflowed {
      lines.append(
        canvas.wording(
          "(\(layout.perLine) pictures a line: more are not legible at this width)",
          "（每行 \(layout.perLine) 幅：此宽度下再多就看不清）"))
    }
    return lines
  }

  /// Rows that are drawn as one picture: all of them, or each by itself when text stands between them.
  private func rowGroups(_ rows: Range<Int>) -> [Range<Int>] {
    let hasText = !sheet.rowNames.isEmpty || sheet.labels.contains { !$0.isEmpty }
    return hasText ? rows.map { $0..<($0 + 1) } : [rows]
  }

  private func groupLines(_ rows: Range<Int>, _ band: Range<Int>) -> [String] {
    var lines: [String] = []
    let row = rows.lowerBound
    if row < sheet.rowNames.count { lines.append(canvas.inRepertoire(sheet.rowNames[row]).cut(to: canvas.width)) }
    let tiles = rows.map { row in band.map { sheet.tile(row, $0) } }
    let isLabelled = sheet.labels.contains { !$0.isEmpty }
    // A label stands close below its own picture, not above that of the next row.
    lines += art.lines(
      of: tiles, tileColumns: layout.tileColumns, size: sheet.tileSize,
      isGapAbove: isLabelled && row == rows.upperBound - 1)
    if isLabelled {
      lines.append(centred(band.map { sheet.label(row, $0) }))
    }
    return lines
  }

  private func namesLine(_ band: Range<Int>) -> String? {
    guard !sheet.columnNames.isEmpty else { return nil }
    return centred(band.map { $0 < sheet.columnNames.count ? sheet.columnNames[$0] : "" })
  }

  /// Texts centred above or below the tiles of a line.
  private func centred(_ texts: [String]) -> String {
    var line = ""
    for text in texts {
      let shown = canvas.inRepertoire(text).cut(to: layout.tileColumns, ellipsis: canvas.glyphs.ellipsis)
      let left = (layout.tileColumns - shown.displayWidth()) / 2
      line += (String(repeating: " ", count: left) + shown).padded(to: layout.tileColumns + 1)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
