// SPDX-License-Identifier: Apache-2.0
import Images

/// A surface behind the marks of a plot of characters: in colours where there are some, else in shades.
struct GroundText {
  /// What the colours or shades mean.
  let legend: [String]
  private let map: HeatMap
  private let canvas: Canvas
  private let columns: Int
  private let rows: Int

  init(_ map: HeatMap, columns: Int, rows: Int, _ canvas: Canvas) {
    (self.map, self.columns, self.rows, self.canvas) = (map, columns, rows, canvas)
    let ramp = Self.ramp(canvas)
    let (low, high) = (Axis.text(map.range.lowerBound), Axis.text(map.range.upperBound))
    let shades = canvas.wording(
      "blank \(low) to \(ramp[ramp.count - 1]) \(high)", "空白 \(low) 至 \(ramp[ramp.count - 1]) \(high)")
    let scale = canvas.color >= .palette ? map.legend(canvas.wording) : shades
    legend = [map.caption.isEmpty ? scale : "\(map.caption): \(scale)"]
  }

  /// A line of marks on the surface; blanks of the line show the surface alone.
  func line(_ row: Int, _ marks: [(character: Character, series: Int)]) -> String {
    canvas.color >= .palette ? colored(row, marks) : shaded(row, marks)
  }

  /// Marks stand on white, as on the discs of the drawn chart, so that they read on any colour.
  private func colored(_ row: Int, _ marks: [(character: Character, series: Int)]) -> String {
    var line = ""
    var open = ""
    for (column, mark) in marks.enumerated() {
      let code =
        mark.character == " "
        ? "0;48;" + rgb(value(column, row)).parameters(canvas.color)
        : "0;48;\(RGB(255, 255, 255).parameters(canvas.color));\(SeriesStyle(max(0, mark.series)).terminalCode(canvas.color))"
      if code != open { line += "\u{1B}[\(code)m" }
      open = code
      line.append(mark.character)
    }
    return line + (open.isEmpty ? "" : "\u{1B}[0m")
  }

  private func shaded(_ row: Int, _ marks: [(character: Character, series: Int)]) -> String {
    let ramp = Self.ramp(canvas)
    let span = map.range.upperBound - map.range.lowerBound
    var line = ""
    for (column, mark) in marks.enumerated() {
      let value = Double(value(column, row))
      let share = span > 0 && span.isFinite && value.isFinite ? (value - map.range.lowerBound) / span : 0
      let shade = ramp[min(ramp.count - 1, max(0, Int(min(1, max(0, share)) * Double(ramp.count))))]
      line.append(mark.character == " " ? shade : mark.character)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Shades light enough for letters to be found among them.
  private static func ramp(_ canvas: Canvas) -> [Character] {
    canvas.unicode ? [" ", "·", "░", "▒"] : [" ", ".", ":", "="]
  }

  /// The surface in the middle of a character.
  private func value(_ column: Int, _ row: Int) -> Float {
    guard map.rows > 0 else { return .nan }
    let x = min(map.columns - 1, (2 * column + 1) * map.columns / (2 * max(1, columns)))
    let y = min(map.rows - 1, (2 * row + 1) * map.rows / (2 * max(1, rows)))
    return map.values[y * map.columns + x]
  }

  private func rgb(_ value: Float) -> RGB {
    let color = map.color(value)
    return RGB(color[0], color[1], color[2])
  }
}
