// SPDX-License-Identifier: Apache-2.0

extension Bars {
  /// The bars as rows of characters; `name: value` lines in reader mode.
  public func text(on canvas: Canvas) -> String {
    var lines = titleLines(canvas)
    lines += canvas.reader ? spoken(canvas) : BarRows(self, canvas).lines()
    if !canvas.reader, !referenceName.isEmpty, bars.contains(where: { $0.reference != nil }) {
      let name = canvas.inRepertoire(referenceName)
      lines.append("  \(canvas.glyphs.vertical) " + canvas.wording("marks \(name)", "表示\(name)"))
    }
    lines += notes.flatMap { canvas.inRepertoire($0.onOneLine).wrapped(to: canvas.width, indent: 2) }
    return lines.joined(separator: "\n")
  }

  private func titleLines(_ canvas: Canvas) -> [String] {
    let (title, aside) = (canvas.inRepertoire(title), canvas.inRepertoire(aside))
    if title.isEmpty { return aside.isEmpty ? [] : [aside] }
    let room = min(canvas.width, 72) - title.displayWidth() - aside.displayWidth()
    if aside.isEmpty || canvas.reader || room < 2 {
      return [title, aside].filter { !$0.isEmpty }.joined(separator: ", ").wrapped(to: canvas.width)
        .map { canvas.paint($0, .heading) }
    }
    return [canvas.paint(title, .heading) + String(repeating: " ", count: room) + aside]
  }

  private func spoken(_ canvas: Canvas) -> [String] {
    sentences(canvas.wording).flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }
  }
}

/// Bars set in characters.
private struct BarRows {
  private let bars: Bars
  private let canvas: Canvas
  private let axis: Axis
  private let names: [String]
  private let values: [String]
  private let nameWidth: Int
  private let room: Int

  init(_ bars: Bars, _ canvas: Canvas) {
    self.bars = bars
    self.canvas = canvas
    axis = bars.axis
    let widest = bars.bars.map { canvas.inRepertoire($0.name).displayWidth() }.max() ?? 0
    let nameWidth = min(widest, max(8, canvas.width / 3))
    names = bars.bars.map {
      canvas.inRepertoire($0.name).cut(to: nameWidth, ellipsis: canvas.glyphs.ellipsis).padded(to: nameWidth)
    }
    let texts = bars.bars.map { canvas.inRepertoire(bars.valueText($0)) }
    let valueWidth = texts.map { $0.displayWidth() }.max() ?? 0
    values = texts.map { $0.rightAligned(to: valueWidth) }
    self.nameWidth = nameWidth
    let noteWidth = min(20, bars.bars.map { $0.note.displayWidth() }.max() ?? 0)
    room = max(4, min(48, canvas.width - nameWidth - valueWidth - noteWidth - 8))
  }

  func lines() -> [String] {
    bars.bars.indices.map { index in
      let bar = bars.bars[index]
      var line = "  \(names[index])  \(drawn(bar))  \(values[index])"
      if !bar.note.isEmpty { line += "  " + canvas.paint(canvas.inRepertoire(bar.note), .warning) }
      return line.displayWidth() > canvas.width && canvas.color == .none
        ? line.cut(to: canvas.width, ellipsis: canvas.glyphs.ellipsis) : line
    }
  }

  /// The bar itself, padded to its room, with a mark where the reference lies.
  private func drawn(_ bar: Bars.Bar) -> String {
    let zero = axis.isLogarithmic ? 0 : axis.position(0) ?? 0
    var cells = [Character](repeating: " ", count: room)
    if let end = axis.position(bar.value) {
      let (start, stop) = (min(zero, end) * Double(room), max(zero, end) * Double(room))
      let first = Int(start.rounded())
      var last = Int(stop.rounded())
      if last == first, bar.value != 0 { last = min(room, first + 1) }
      for cell in first..<max(first, min(last, room)) { cells[cell] = Character(canvas.glyphs.bar) }
    }
    if let reference = bar.reference, let position = axis.position(reference) {
      cells[min(room - 1, max(0, Int(position * Double(room))))] = Character(canvas.glyphs.vertical)
    }
    return canvas.paint(String(cells), bar.value < 0 ? .negative : axis.low < 0 ? .positive : .series(0))
  }
}
