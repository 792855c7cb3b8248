// SPDX-License-Identifier: Apache-2.0

/// A page on a set of data: what it is, how its classes are filled, and what it looks like.
public struct DatasetSheet: Figure {
  /// The name of the set, and which part of it this is.
  public var title: String
  /// Where it comes from; empty when that is not known.
  public var source: String
  /// Names and values, such as `images` and `6000 × 1×28×28`; several names may stand on one line.
  public var facts: [(name: String, value: String)]
  /// The classes with the number of images of each; empty without labels.
  public var classes: [(name: String, count: Int)]
  /// Findings, such as duplicates between parts.
  public var notes: [String]
  /// Images of the set; nil when it holds none.
  public var sheet: Sheet?

  /// Makes a page.
  public init(
    title: String, source: String = "", facts: [(name: String, value: String)] = [],
    classes: [(name: String, count: Int)] = [], notes: [String] = [], sheet: Sheet? = nil
  ) {
    self.title = title.onOneLine
    self.source = source.onOneLine
    self.facts = facts
    self.classes = classes
    self.notes = notes
    self.sheet = sheet
  }

  /// The facts as a table.
  public func table(_ wording: Wording) -> Table {
    let rows = facts.map { [Table.Cell($0.name), Table.Cell($0.value)] }
    return Table(
      title, aside: source, columns: [.init(wording("property", "属性"), .left), .init(wording("value", "值"), .left)],
      rows: rows, notes: notes)
  }

  /// The classes as bars.
  public func bars(_ wording: Wording) -> Bars {
    Bars(
      classes.map { .init($0.name, Double($0.count), text: String($0.count)) },
      title: wording("images of each class", "各类图像数"))
  }

  /// Title, facts, counts and findings in one sentence.
  public func alternativeText(_ wording: Wording) -> String {
    let facts = facts.map { "\($0.name) \($0.value)" }
    let names = classes.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    let counts = classes.isEmpty ? [] : [wording("classes ", "类别 ") + names]
    let origin = source.isEmpty ? [] : [wording("source ", "来源 ") + source]
    return wording.list([title] + origin + facts + counts + notes)
  }

  /// The page without its picture, and below it the picture.
  public func text(on canvas: Canvas) -> String {
    var lines = textLines(canvas)
    if let sheet { lines.append(sheet.text(on: canvas)) }
    return lines.joined(separator: "\n")
  }

  /// The page without its picture.
  public func textLines(_ canvas: Canvas) -> [String] {
    let heading = source.isEmpty ? title : "\(title)   \(canvas.wording("source: ", "来源："))\(source.onOneLine)"
    var lines = canvas.inRepertoire(heading).wrapped(to: canvas.width, indent: 2).map { canvas.paint($0, .heading) }
    lines += flowed(facts.map { "\($0.name) \($0.value)".onOneLine }, "   ", canvas)
    if !classes.isEmpty { lines += classLines(canvas) }
    lines += notes.flatMap { ("  " + canvas.inRepertoire($0.onOneLine)).wrapped(to: canvas.width, indent: 4) }
    return lines
  }

  /// Class counts with one small column each.
  private func classLines(_ canvas: Canvas) -> [String] {
    let most = max(1, classes.map(\.count).max() ?? 1)
    let entries = classes.map { entry in
      let heights = canvas.glyphs.heights
      let height = heights[min(heights.count - 1, max(0, entry.count * (heights.count - 1) / most))]
      return "\(entry.name.onOneLine) \(entry.count)" + (canvas.reader || canvas.glyphs.isASCII ? "" : " " + height)
    }
    return flowed([canvas.wording("classes", "类别")] + entries, "  ", canvas)
  }

  /// Entries one after another, broken between entries where the line is full.
  private func flowed(_ entries: [String], _ separator: String, _ canvas: Canvas) -> [String] {
    var lines: [String] = []
    for entry in entries.map(canvas.inRepertoire) {
      if let last = lines.last, (last + separator + entry).displayWidth() <= canvas.width {
        lines[lines.count - 1] = last + separator + entry
      } else {
        lines += ((lines.isEmpty ? "  " : "    ") + entry).wrapped(to: canvas.width, indent: 4)
      }
    }
    return lines
  }
}
