// SPDX-License-Identifier: Apache-2.0

/// A line chart in characters.
struct TextPlot {
  private let chart: LineChart
  private let canvas: Canvas
  private let xAxis: Axis
  private let yAxis: Axis
  /// The texts beside the rows that have a tick.
  private let labels: [Int: String]
  private let names: [String]
  /// Whether lines carry marks: where there is one colour, lines that cross could not be told apart.
  private let isMarked: Bool
  private let columns: Int
  private let rows: Int

  init(_ chart: LineChart, _ canvas: Canvas) {
    self.chart = chart
    self.canvas = canvas
    (xAxis, yAxis) = (chart.xAxis, chart.yAxis(padding: 0))
    rows = TextPlot.rows(canvas)
    isMarked = !canvas.drawsBraille || (canvas.color == .none && chart.series.count > 1)
    names = chart.series.map { canvas.inRepertoire($0.name).cut(to: 20, ellipsis: canvas.glyphs.ellipsis) }
    labels = TextPlot.labels(yAxis, rows, canvas)
    let nameWidth = (names.map { $0.displayWidth() }.max() ?? 0) + (isMarked ? 3 : 1)
    let labelWidth = labels.values.map { $0.displayWidth() }.max() ?? 0
    columns = max(8, canvas.width - labelWidth - 3 - nameWidth)
  }

  /// The plot and its axes, without title and remarks.
  func lines() -> [String] {
    let grid = canvas.drawsBraille ? dotted() : marked()
    let width = labels.values.map { $0.displayWidth() }.max() ?? 0
    let places = namePlaces()
    let glyphs = canvas.glyphs
    var lines = (0..<rows).map { row in
      let label = labels[row]
      var line = " " + (label ?? "").rightAligned(to: width) + (label == nil ? glyphs.vertical : glyphs.tick)
      line += grid[row]
      if let index = places[row] {
        let mark = isMarked ? "\(SeriesStyle(index).mark) " : ""
        line += " " + canvas.paint(mark + names[index], .series(index))
      }
      while line.last == " " || line.last == BrailleDots.blank { line.removeLast() }
      return line
    }
    let indent = String(repeating: " ", count: width + 1)
    lines.append(indent + glyphs.corner + String(repeating: glyphs.horizontal, count: columns))
    lines.append(indent + " " + xLabels())
    return lines
  }

  private static func rows(_ canvas: Canvas) -> Int {
    min(max(canvas.rows / 2 - 1, 8), 16)
  }

  /// The lowest, the middle and the highest value; on a logarithmic axis the powers of ten.
  private static func labels(_ axis: Axis, _ rows: Int, _ canvas: Canvas) -> [Int: String] {
    if axis.isLogarithmic, let powers = powers(axis, rows, canvas) { return powers }
    let texts = ends(axis, canvas)
    return [0: texts[2], rows / 2: texts[1], rows - 1: texts[0]]
  }

  /// Round values with the rows that they stand in; nil when fewer than two rows have one.
  private static func powers(_ axis: Axis, _ rows: Int, _ canvas: Canvas) -> [Int: String]? {
    var labels: [Int: String] = [:]
    for tick in axis.ticks(rows) {
      guard let position = axis.position(tick.value), (0...1).contains(position) else { continue }
      let row = Int(((1 - position) * Double(rows - 1)).rounded())
      if labels[row - 1] == nil, labels[row + 1] == nil { labels[row] = canvas.inRepertoire(tick.text) }
    }
    return labels.count < 2 ? nil : labels
  }

  private static func ends(_ axis: Axis, _ canvas: Canvas) -> [String] {
    let values = [axis.low, axis.value(at: 0.5), axis.high]
    let largest = max(abs(axis.low), abs(axis.high))
    let span = axis.high - axis.low
    let decimals = span >= 100 ? 0 : span >= 10 ? 1 : span >= 0.5 ? 2 : span >= 0.05 ? 3 : span >= 0.005 ? 4 : 5
    let isPlain = !axis.isLogarithmic && largest < 1e5 && span >= 0.0005
    return values.map {
      Numerals.typeset(isPlain ? Numerals.fixed($0, decimals) : Numerals.scientific($0, 2), canvas.glyphs)
    }
  }

  /// The runs of a series in pixels of the plot.
  private func runs(_ series: LineChart.Series, width: Int, height: Int) -> [[(x: Int, y: Int)]] {
    Thinning.runs(chart.positions(series, xAxis, yAxis), strips: width).map { run in
      run.map { point in
        let x = Int((point.x * Double(width - 1)).rounded())
        return (
          min(max(0, x), width - 1), height - 1 - min(max(0, Int((point.y * Double(height - 1)).rounded())), height - 1)
        )
      }
    }
  }

  private func dotted() -> [String] {
    var all = BrailleDots(columns: columns, rows: rows)
    var owner = [Int](repeating: -1, count: columns * rows)
    for (index, series) in chart.series.enumerated() {
      var dots = BrailleDots(columns: columns, rows: rows)
      for run in runs(series, width: 2 * columns, height: 4 * rows) {
        for (start, end) in zip(run, run.dropFirst()) { dots.line(from: start, to: end) }
        if run.count == 1, let point = run.first { dots.set(point.x, point.y) }
      }
      for cell in owner.indices where dots.cells[cell] != 0 { owner[cell] = index }
      all.formUnion(dots)
    }
    let marks = placedMarks(owner)
    return (0..<rows).map { row in
      painted(
        (0..<columns).map { column in
          let place = row * columns + column
          return (marks[place] ?? filled(all.character(column, row)), owner[place])
        })
    }
  }

  /// A mark on every line at every tenth column, each line at columns of its own.
  private func placedMarks(_ owner: [Int]) -> [Int: Character] {
    guard isMarked else { return [:] }
    var marks: [Int: Character] = [:]
    let step = max(10, 3 * chart.series.count)
    for index in chart.series.indices {
      for column in stride(from: (3 * index + 2) % step, to: columns, by: step) {
        let row = (0..<rows).first { owner[$0 * columns + column] == index }
        if let row { marks[row * columns + column] = SeriesStyle(index).mark }
      }
    }
    return marks
  }

  private func filled(_ character: Character) -> Character {
    canvas.fillsBraille && character == " " ? BrailleDots.blank : character
  }

  /// Characters in the inks of their series; neighbours of one series share their escape codes.
  private func painted(_ cells: [(character: Character, series: Int)]) -> String {
    var line = ""
    var start = 0
    while start < cells.count {
      let index = cells[start].series
      let end = cells[start...].firstIndex { $0.series != index } ?? cells.count
      let text = String(cells[start..<end].map(\.character))
      line += index < 0 ? text : canvas.paint(text, .series(index))
      start = end
    }
    return line
  }

  private func marked() -> [String] {
    var grid = [[Int]](repeating: [Int](repeating: -1, count: columns), count: rows)
    for (index, series) in chart.series.enumerated() {
      for run in runs(series, width: columns, height: rows) {
        for (start, end) in zip(run, run.dropFirst()) where end.x >= start.x {
          // One mark a column, where the line crosses it.
          let span = max(1, end.x - start.x)
          for x in start.x...end.x { grid[start.y + (end.y - start.y) * (x - start.x) / span][x] = index }
        }
        for point in run { grid[point.y][point.x] = index }
      }
    }
    return grid.map { row in painted(row.map { ($0 < 0 ? " " : SeriesStyle($0).mark, $0) }) }
  }

  /// Which name stands in which row.
  private func namePlaces() -> [Int: Int] {
    let ends = chart.series.map { series in chart.positions(series, xAxis, yAxis).last { $0 != nil } ?? nil }
    let shown = chart.series.indices.filter { ends[$0] != nil && !names[$0].isEmpty }.prefix(rows)
    let wanted = shown.map { (1 - (ends[$0]?.y ?? 0)) * Double(rows - 1) }
    let placed = LabelPlacement.spread(wanted.map { $0.rounded() }, gap: 1, within: 0...Double(rows - 1))
    return Dictionary(
      zip(placed.map { min(max(0, Int($0)), rows - 1) }, shown), uniquingKeysWith: { first, _ in first })
  }

  private func xLabels() -> String {
    let isWhole = Int(exactly: xAxis.low) != nil && Int(exactly: xAxis.high) != nil && xAxis.high - xAxis.low > 9
    let middle = isWhole ? xAxis.value(at: 0.5).rounded() : xAxis.value(at: 0.5)
    let text = [xAxis.low, middle, xAxis.high].map { value in
      canvas.inRepertoire(Numerals.typeset(Numerals.short(value, 4), .full))
    }
    var line = text[0].padded(to: max(0, (columns - text[1].displayWidth()) / 2))
    if line.displayWidth() + text[1].displayWidth() + 1 < columns - text[2].displayWidth() { line += text[1] }
    line = line.padded(to: max(line.displayWidth() + 1, columns - text[2].displayWidth())) + text[2]
    let room = canvas.width - line.displayWidth() - (labels.values.map { $0.displayWidth() }.max() ?? 0) - 4
    return chart.xName.isEmpty || room < 3 ? line : line + "  " + canvas.inRepertoire(chart.xName).cut(to: room)
  }
}
