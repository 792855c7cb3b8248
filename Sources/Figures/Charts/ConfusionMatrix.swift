// SPDX-License-Identifier: Apache-2.0

/// How often each true class was taken for each class.
public struct ConfusionMatrix: Figure, Hashable {
  /// The names of the classes.
  public let classes: [String]
  /// The counts, one row for each true class; missing numbers are zeros.
  public let counts: [[Int]]
  /// What the matrix shows; empty for none.
  public var title: String

  /// Makes a matrix of as many rows and columns as there are classes.
  public init(_ counts: [[Int]], classes: [String], title: String = "") {
    self.classes = classes.map(\.onOneLine)
    self.counts = classes.indices.map { row in
      classes.indices.map { column in
        row < counts.count && column < counts[row].count ? max(0, counts[row][column]) : 0
      }
    }
    self.title = title.onOneLine
  }

  /// How many samples there are.
  public var total: Int { counts.joined().reduce(0, +) }

  /// The share of samples on the diagonal, 0 … 1; 0 without samples.
  public var accuracy: Double {
    total == 0 ? 0 : Double(classes.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
  }

  /// The pairs of classes that are most often confused, the most frequent first.
  public func mostConfused(_ count: Int = 3) -> [(truth: Int, guess: Int, count: Int)] {
    let pairs = classes.indices.flatMap { row in
      classes.indices.filter { $0 != row && counts[row][$0] > 0 }.map { (row, $0, counts[row][$0]) }
    }
    let sorted = pairs.sorted { $0.2 != $1.2 ? $0.2 > $1.2 : ($0.0, $0.1) < ($1.0, $1.1) }
    return sorted.prefix(count).map { (truth: $0.0, guess: $0.1, count: $0.2) }
  }

  /// The accuracy and the most frequent confusions.
  public func alternativeText(_ wording: Wording) -> String {
    wording.list([title.isEmpty ? wording("Confusion matrix", "混淆矩阵") : title, summary(wording)])
  }

  /// The accuracy and the most frequent confusions.
  public func summary(_ wording: Wording) -> String {
    let pairs = mostConfused().map {
      wording(
        "\(classes[$0.truth]) for \(classes[$0.guess]) (\($0.count))",
        "\(classes[$0.truth]) 误为 \(classes[$0.guess])（\($0.count)）")
    }
    let share = Numerals.fixed(accuracy * 100, 1)
    let most = pairs.isEmpty ? [] : [wording("most often mistaken: ", "最常混淆：") + pairs.joined(separator: ", ")]
    return wording.list([wording("\(total) samples, \(share) % right", "\(total) 个样本，正确 \(share) %")] + most)
  }

  /// The counts with a column of what share of each class was right.
  public func table(_ wording: Wording) -> Table {
    let columns =
      [Table.Column(wording("true", "真实"), .left)] + classes.map { Table.Column($0, .right) } + [
        .init(wording("right", "正确"), .right)
      ]
    let rows = classes.indices.map { row -> [Table.Cell] in
      let sum = counts[row].reduce(0, +)
      let share = sum == 0 ? "" : Numerals.fixed(Double(counts[row][row]) / Double(sum) * 100, 1) + " %"
      let cells = counts[row].enumerated().map { column, count -> Table.Cell in
        count == 0
          ? Table.Cell("·", number: 0) : Table.Cell(String(count), number: Double(count), isWarning: column != row)
      }
      return [.init(classes[row])] + cells + [
        .init(share, number: sum == 0 ? nil : Double(counts[row][row]) / Double(sum))
      ]
    }
    return Table(
      title.isEmpty ? wording("confusion matrix", "混淆矩阵") : title, aside: wording("columns: taken for", "各列：判为"),
      columns: columns, rows: rows,
      notes: [summary(wording)])
  }

  /// The counts as a table, or a sentence for each class in reader mode.
  public func text(on canvas: Canvas) -> String {
    guard canvas.reader else { return table(canvas.wording).text(on: canvas) }
    let heading = title.isEmpty ? canvas.wording("confusion matrix", "混淆矩阵") : title
    return ([heading] + classes.indices.map { sentence($0, canvas.wording) } + [summary(canvas.wording)])
      .flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }.joined(separator: "\n")
  }

  /// What became of one class.
  private func sentence(_ row: Int, _ wording: Wording) -> String {
    let sum = counts[row].reduce(0, +)
    let mistaken = classes.indices.filter { $0 != row && counts[row][$0] > 0 }
      .map { wording("\(classes[$0]) \(counts[row][$0])", "\(classes[$0]) \(counts[row][$0])") }
    let taken = mistaken.isEmpty ? "" : wording("; taken for ", "；误为 ") + mistaken.joined(separator: ", ")
    return "\(classes[row])" + wording(": \(counts[row][row]) of \(sum) right", "：\(sum) 个中正确 \(counts[row][row]) 个")
      + taken
  }
}

extension ConfusionMatrix: VectorFigure {
  /// What is drawn.
  public func scene(_ wording: Wording) -> Scene {
    let names = classes.map { Scene.cut($0, toWidth: 120) }
    let margin = max(40, (names.map { Scene.width(of: $0) }.max() ?? 0) + 16)
    let cell = min(44, max(14, 440 / Double(max(1, classes.count))))
    let size = cell * Double(classes.count)
    let top = title.isEmpty ? 40.0 : 60.0
    var scene = Scene(width: max(margin + size + 12, 260), height: top + size + 12)
    scene.text(title, at: Point(8, 16), isBold: true)
    scene.text(wording("taken for", "判为"), at: Point(margin + size / 2, top - 24), .middle)
    scene.text(wording("true", "真实"), at: Point(margin - 8, top - 8), .end)
    for index in classes.indices {
      let middle = cell * (Double(index) + 0.5)
      scene.text(names[index], at: Point(margin - 8, top + middle + 4), .end)
      scene.text(Scene.cut(names[index], toWidth: cell), at: Point(margin + middle, top - 8), .middle)
    }
    for row in classes.indices { drawRow(row, margin, top, cell, in: &scene) }
    scene.line(
      [
        Point(margin, top), Point(margin + size, top), Point(margin + size, top + size), Point(margin, top + size),
        Point(margin, top),
      ], .axis)
    return scene
  }

  private func drawRow(_ row: Int, _ left: Double, _ top: Double, _ cell: Double, in scene: inout Scene) {
    let sum = max(1, counts[row].reduce(0, +))
    for column in classes.indices where counts[row][column] > 0 {
      let share = Double(counts[row][column]) / Double(sum)
      let (x, y) = (left + cell * Double(column), top + cell * Double(row))
      let isRight = row == column
      // Confusions are rare, so their colour rises faster.
      let strength = isRight ? share * 0.85 : min(0.85, 0.15 + share * 2)
      scene.rectangle(
        x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1, .series(isRight ? 0 : 1, opacity: strength))
      guard cell >= 20 else { continue }
      let text = String(counts[row][column])
      let size = text.utf8.count > 3 ? 10.0 : 12.0
      let paint = strength > 0.6 ? Paint([255, 255, 255]) : .axis
      scene.text(text, at: Point(x + cell / 2, y + cell / 2 + 4), .middle, paint, size: size)
    }
  }
}
