// SPDX-License-Identifier: Apache-2.0

extension Scatter {
  /// The points as characters: one group in braille dots, several by the first letter or digit of their names.
  public func text(on canvas: Canvas) -> String {
    var lines = title.isEmpty ? [] : [canvas.paint(canvas.inRepertoire(title).cut(to: canvas.width), .heading)]
    if canvas.reader {
      lines += sentences(canvas.wording).flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }
      return lines.joined(separator: "\n")
    }
    let axes = axes(padding: 0.02)
    let rows = min(max(canvas.rows - 6, 10), 24)
    let columns = min(canvas.width - 12, rows * 5 / 2)
    let cells =
      groups.count == 1 && canvas.drawsBraille && ground == nil
      ? dots(axes, columns, rows, canvas) : letters(axes, columns, rows)
    let ground = ground.map { GroundText($0, columns: columns, rows: rows, canvas) }
    lines += frame(cells, axes, ground, canvas)
    lines += (legend() + (ground?.legend ?? []) + remarks(canvas.wording)).flatMap {
      canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2)
    }
    return lines.joined(separator: "\n")
  }

  private typealias Cells = [[(character: Character, series: Int)]]

  private func dots(_ axes: (x: Axis, y: Axis), _ columns: Int, _ rows: Int, _ canvas: Canvas) -> Cells {
    var dots = BrailleDots(columns: columns, rows: rows)
    for point in groups.flatMap(\.points) {
      guard let (x, y) = place(point, axes, 2 * columns, 4 * rows) else { continue }
      dots.set(x, y)
    }
    let blank: Character = canvas.fillsBraille ? BrailleDots.blank : " "
    return (0..<rows).map { row in
      (0..<columns).map { column in
        let character = dots.character(column, row)
        return (character == " " ? blank : character, 0)
      }
    }
  }

  private func letters(_ axes: (x: Axis, y: Axis), _ columns: Int, _ rows: Int) -> Cells {
    let marks = marks
    var cells = Cells(repeating: .init(repeating: (" ", -1), count: columns), count: rows)
    for (index, group) in groups.enumerated() {
      for point in group.points {
        guard let (x, y) = place(point, axes, columns, rows) else { continue }
        cells[y][x] = (marks[index], index)
      }
    }
    return cells
  }

  private func place(_ point: Point, _ axes: (x: Axis, y: Axis), _ width: Int, _ height: Int) -> (x: Int, y: Int)? {
    guard let x = axes.x.position(point.x), let y = axes.y.position(point.y), (0...1).contains(x), (0...1).contains(y)
    else { return nil }
    return (min(width - 1, Int(x * Double(width))), height - 1 - min(height - 1, Int(y * Double(height))))
  }

  /// The character of each group: the digit or letter that its name begins with, while it is free.
  private var marks: [Character] {
    var taken: Set<Character> = []
    return groups.enumerated().map { index, group in
      let wanted = group.name.first.flatMap { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : nil }
      let mark = wanted.flatMap { taken.contains($0) ? nil : $0 } ?? SeriesStyle(index).mark
      taken.insert(mark)
      return mark
    }
  }

  private func frame(_ cells: Cells, _ axes: (x: Axis, y: Axis), _ ground: GroundText?, _ canvas: Canvas) -> [String] {
    let ends = [axes.y.high, axes.y.low].map { canvas.inRepertoire(Axis.text($0)) }
    let width = ends.map { $0.displayWidth() }.max() ?? 0
    let glyphs = canvas.glyphs
    var lines = cells.enumerated().map { row, line in
      let label = row == 0 ? ends[0] : row == cells.count - 1 ? ends[1] : ""
      let axis = label.isEmpty ? glyphs.vertical : glyphs.tick
      return " " + label.rightAligned(to: width) + axis
        + (ground.map { $0.line(row, line) } ?? painted(line, canvas))
    }
    let columns = cells.first?.count ?? 0
    let indent = String(repeating: " ", count: width + 1)
    lines.append(indent + glyphs.corner + String(repeating: glyphs.horizontal, count: columns))
    let (low, high) = (canvas.inRepertoire(Axis.text(axes.x.low)), canvas.inRepertoire(Axis.text(axes.x.high)))
    lines.append(indent + " " + low + high.rightAligned(to: max(high.displayWidth() + 1, columns - low.displayWidth())))
    return lines
  }

  private func painted(_ cells: [(character: Character, series: Int)], _ canvas: Canvas) -> String {
    var cells = cells
    while let last = cells.last?.character, last == " " || last == BrailleDots.blank { cells.removeLast() }
    if canvas.color == .none { return String(cells.map(\.character)) }
    return cells.map { $0.character == " " ? " " : canvas.paint(String($0.character), .series(max(0, $0.series))) }
      .joined()
  }

  private func legend() -> [String] {
    guard groups.count > 1 else { return groups.first.map { $0.name.isEmpty ? [] : [$0.name] } ?? [] }
    let marks = marks
    // Marks that are the names themselves need no key.
    if zip(marks, groups).allSatisfy({ $1.name == String($0) }) { return [] }
    return [zip(marks, groups).map { $1.name == String($0) ? $1.name : "\($0) \($1.name)" }.joined(separator: "   ")]
  }

  private func remarks(_ wording: Wording) -> [String] {
    let missing = groups.reduce(0) { $0 + min($1.x.count, $1.y.count) - $1.points.count }
    let count = arrows.count
    return (missing > 0 ? [wording("\(missing) points are not finite", "\(missing) 个点非有限")] : [])
      + (count == 0
        ? [] : [wording("\(count) \(count == 1 ? "arrow is" : "arrows are") left out here", "此处略去 \(count) 个箭头")])
  }
}
