// SPDX-License-Identifier: Apache-2.0

extension Histogram {
  /// The histogram as columns of blocks, one picture for each set; sentences in reader mode.
  public func text(on canvas: Canvas) -> String {
    var lines = title.isEmpty ? [] : [canvas.paint(canvas.inRepertoire(title).cut(to: canvas.width), .heading)]
    if canvas.reader {
      lines += sentences(canvas.wording).flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width) }
      return lines.joined(separator: "\n")
    }
    for (index, series) in series.enumerated() {
      lines += picture(series, index, canvas)
      if series.notFinite > 0 {
        lines.append(
          canvas.wording("\(series.notFinite) values are not finite", "\(series.notFinite) 个值非有限"))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func picture(_ series: Series, _ index: Int, _ canvas: Canvas) -> [String] {
    let glyphs = canvas.glyphs
    let rows = self.series.count > 1 ? 5 : 8
    let top = max(1, series.counts.max() ?? 0)
    let labels = [rows - 1: String(top), 0: "0"]
    let margin = String(top).displayWidth()
    let columnWidth = max(1, min(4, (canvas.width - margin - 3) / max(1, bins)))
    // With many bins and little room several share a column.
    let share = max(1, (bins + canvas.width - margin - 4) / max(1, canvas.width - margin - 3))
    let counts = stride(from: 0, to: bins, by: share).map { series.counts[$0..<min($0 + share, bins)].reduce(0, +) }
    let highest = max(1, counts.max() ?? 0)
    var lines: [String] = []
    for row in (0..<rows).reversed() {
      var bars = ""
      for count in counts { bars += String(repeating: block(count, highest, row, rows, glyphs), count: columnWidth) }
      while bars.last == " " { bars.removeLast() }
      let axis = labels[row] == nil ? glyphs.vertical : glyphs.tick
      let name = row == rows - 1 && !series.name.isEmpty && self.series.count > 1 ? series.name : ""
      let label = (labels[row] ?? "").rightAligned(to: margin)
      lines.append(" " + label + axis + canvas.paint(bars, .series(index)))
      if !name.isEmpty { lines.insert(canvas.paint(canvas.inRepertoire(name), .series(index)), at: 0) }
    }
    let width = counts.count * columnWidth
    lines.append(
      String(repeating: " ", count: margin + 1) + glyphs.corner + String(repeating: glyphs.horizontal, count: width))
    let ends = [low, high].map { canvas.inRepertoire(Axis.text($0)) }
    let room = max(1, width - ends[0].displayWidth() - ends[1].displayWidth())
    lines.append(String(repeating: " ", count: margin + 2) + ends[0] + String(repeating: " ", count: room) + ends[1])
    return lines
  }

  /// The part of a column in a row of characters, counted from the bottom.
  private func block(_ count: Int, _ highest: Int, _ row: Int, _ rows: Int, _ glyphs: Glyphs) -> String {
    let eighths = (count * rows * 8 + highest - 1) / highest - row * 8
    if eighths <= 0 { return " " }
    if glyphs.isASCII { return eighths >= 4 || row == 0 ? "#" : " " }
    return glyphs.heights[min(8, eighths) - 1]
  }
}
