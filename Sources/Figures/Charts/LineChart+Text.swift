// SPDX-License-Identifier: Apache-2.0

extension LineChart {
  /// The chart in braille dots, or in marks of ASCII; sentences in reader mode.
  public func text(on canvas: Canvas) -> String {
    if canvas.reader {
      return alternativeText.split(separator: "; ").flatMap {
        canvas.inRepertoire(String($0)).wrapped(to: canvas.width)
      }
      .joined(separator: "\n")
    }
    var lines = title.isEmpty ? [] : [canvas.paint(canvas.inRepertoire(title).cut(to: canvas.width), .heading)]
    let isEmpty = series.allSatisfy { series in !series.y.prefix(series.count).contains { $0.isFinite } }
    lines += isEmpty ? ["(no values to draw)"] : TextPlot(self, canvas).lines()
    let happenings = events.map { event in
      "\(event.name) at \(xName.isEmpty ? "" : xName + " ")\(Axis.text(event.x))"
    }
    lines += (happenings + remarks).flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }
    return lines.joined(separator: "\n")
  }
}
