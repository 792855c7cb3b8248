// SPDX-License-Identifier: Apache-2.0
import Images

extension HeatMap {
  /// What is said below a picture of the map: the caption and what the colours mean.
  public func caption(_ wording: Wording) -> String {
    [caption, legend(wording)].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The map in the terminal's colours, or by signs where there are none.
  public func text(on canvas: Canvas) -> String {
    let below = [
      caption, canvas.color >= .palette || isInline(canvas) ? legend(canvas.wording) : signLegend(canvas.wording),
    ].filter { !$0.isEmpty }
    let captions = below.flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }
    if canvas.reader || canvas.graphics == .none {
      return canvas.inRepertoire(alternativeText(canvas.wording)).wrapped(to: canvas.width, indent: 2).joined(
        separator: "\n")
    }
    guard let tile = try? tile() else { return captions.joined(separator: "\n") }
    var art: [String]
    if isInline(canvas) {
      let sheet = Sheet([(try? bitmap(side: 140)) ?? tile], columns: 1, caption: "")
      art = [sheet.text(on: canvas)]
      if art[0].hasSuffix("\n") { art[0].removeLast() }
    } else if canvas.color >= .palette, canvas.unicode {
      art = TileArt(colored(canvas)).lines(of: [[tile]], tileColumns: artColumns(canvas), size: proportions)
    } else {
      art = signs(artColumns(canvas))
    }
    return (art + captions).joined(separator: "\n")
  }

  private func isInline(_ canvas: Canvas) -> Bool {
    canvas.graphics == .kitty || canvas.graphics == .iterm || canvas.graphics == .sixel
  }

  /// Where there are colours a map uses them, even when pictures are drawn without.
  private func colored(_ canvas: Canvas) -> Canvas {
    var canvas = canvas
    canvas.graphics = .half
    return canvas
  }

  /// As wide as the numbers ask for, as high as one screen allows.
  private func artColumns(_ canvas: Canvas) -> Int {
    let highest = max(4, canvas.rows - 3) * 2
    let (width, height) = proportions
    let fitting = min(canvas.width - 1, highest * width / height)
    return max(1, min(max(width, 28), max(4, fitting)))
  }

  private func signLegend(_ wording: Wording) -> String {
    let (low, high) = (Axis.text(range.lowerBound), Axis.text(range.upperBound))
    return palette == .diverging
      ? wording(
        "below 0 to \(low): - = %   about 0: .   above 0 to \(high): + * #",
        "0 以下至 \(low)：- = %   约 0：.   0 以上至 \(high)：+ * #")
      : wording("blank \(low) to @ \(high)", "空白 \(low) 至 @ \(high)")
  }

  /// The numbers averaged onto a grid of characters.
  private func signs(_ width: Int) -> [String] {
    let shape = proportions
    let height = max(1, (shape.height * width + shape.width) / (2 * shape.width))
    let ramp: [Character] = palette == .diverging ? Array("%=-.+*#") : Array(" .:-=+*#%@")
    let span = range.upperBound - range.lowerBound
    return (0..<height).map { row in
      let ys = (row * rows / height)..<max(row * rows / height + 1, (row + 1) * rows / height)
      var line = ""
      for column in 0..<width {
        let xs = (column * columns / width)..<max(column * columns / width + 1, (column + 1) * columns / width)
        let cell = ys.flatMap { y in xs.map { x in Double(values[min(y, rows - 1) * columns + min(x, columns - 1)]) } }
        let mean = cell.reduce(0, +) / Double(cell.count)
        guard mean.isFinite else {
          line += "?"
          continue
        }
        let share = span > 0 && span.isFinite ? min(1, max(0, (mean - range.lowerBound) / span)) : 0.5
        line.append(ramp[min(ramp.count - 1, Int(share * Double(ramp.count)))])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension HeatMap {
  /// Draws the map behind a chart, one rectangle for each run of equal colours.
  func draw(in scene: inout Scene, frame: PlotFrame) {
    guard rows > 0, rows <= 128, columns <= 128 else { return }
    let (width, height) = ((frame.right - frame.left) / Double(columns), (frame.bottom - frame.top) / Double(rows))
    for row in 0..<rows {
      var start = 0
      for column in 1...columns {
        let first = color(stepped(values[row * columns + start]))
        if column < columns, color(stepped(values[row * columns + column])) == first { continue }
        let (x, y) = (frame.left + width * Double(start), frame.top + height * Double(row))
        // A pixel below its neighbours: where edges lie within a pixel, the ground must not shine through.
        scene.rectangle(
          x: x, y: y, width: min(width * Double(column - start) + 1, frame.right - x),
          height: min(height + 1, frame.bottom - y), Paint(first))
        start = column
      }
    }
  }

  /// A number rounded to one of 64 steps of the range, so that neighbours share a rectangle.
  private func stepped(_ value: Float) -> Float {
    let span = range.upperBound - range.lowerBound
    guard value.isFinite, span > 0, span.isFinite else { return value }
    let share = min(1, max(0, (Double(value) - range.lowerBound) / span))
    return Float(range.lowerBound + (share * 63).rounded() / 63 * span)
  }
}
