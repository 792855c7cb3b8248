// SPDX-License-Identifier: Apache-2.0

extension LineChart {
  /// The chart in braille dots, or in marks of ASCII; sentences in reader mode.
  public func text(on canvas: Canvas) -> String {
    if canvas.reader {
      let sentences = (title.isEmpty ? [] : [title]) + sentences(canvas.wording)
      return sentences.flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width) }.joined(separator: "\n")
    }
    var lines = title.isEmpty ? [] : [canvas.paint(canvas.inRepertoire(title).cut(to: canvas.width), .heading)]
    let isEmpty = series.allSatisfy { series in !series.y.prefix(series.count).contains { $0.isFinite } }
    lines += isEmpty ? [canvas.wording("(no values to draw)", "（没有可画的值）")] : TextPlot(self, canvas).lines()
    let happenings = events.map { place($0.name, $0.x, canvas.wording) }
    lines += (happenings + remarks(canvas.wording)).flatMap {
      canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2)
    }
    return lines.joined(separator: "\n")
  }
}
