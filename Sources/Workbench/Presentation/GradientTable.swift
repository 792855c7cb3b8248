// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language
import Tensors

/// Gradients as a table: a section for each net, a row for each parameter, flags in words.
enum GradientTable {
  /// The table of a trainer's last step or of a net as it is now.
  ///
  /// - Parameters:
  ///   - rows: The gradients, net by net.
  ///   - step: The step after which they were used; nil for a net by itself.
  ///   - origins: What is said behind a net's name, such as `from errD`.
  ///   - absence: Why there may be no gradients at all.
  ///   - language: The language of headings and advice.
  /// - Returns: Biases are the caller's to leave out.
  static func table(
    _ rows: [GradientRow], step: Int?, origins: (String) -> String, absence: Text?, _ language: MessageLanguage
  ) -> Table {
    let isChinese = language == .chinese
    let names =
      isChinese
      ? ["层", "形状", "‖g‖", "均值", "max|g|", "%0", "‖g‖/‖w‖", "分布", "备注"]
      : ["layer", "shape", "‖g‖", "mean", "max|g|", "%0", "‖g‖/‖w‖", "histogram", "note"]
    // Without a flag there is nothing to note, and the table keeps its blanks.
    let hasFlags = rows.contains { !$0.flags.isEmpty }
    let columns = names.prefix(hasFlags ? 9 : 8).enumerated().map { index, name in
      Table.Column(
        name, index == 0 || index >= 7 ? .left : .right, isPicture: index == 7,
        dispensability: [3: 4, 7: 3, 5: 2, 1: 1][index] ?? 0)
    }
    var nets: [String] = []
    for row in rows where !nets.contains(row.net) { nets.append(row.net) }
    let sections = nets.map { net in
      let origin = origins(net)
      return Table.Section(
        origin.isEmpty ? net : "\(net)  (\(origin))",
        rows: rows.filter { $0.net == net }.map { cells($0, language) })
    }
    let aside = step.map { isChinese ? "第 \($0) 步" : "step \($0)" } ?? ""
    return Table(
      aside: aside, columns: columns, sections: sections,
      notes: GradientAdvice.sentences(rows, absence: absence).map { $0(language) }, rowLimit: 60)
  }

  private static func cells(_ row: GradientRow, _ language: MessageLanguage) -> [Table.Cell] {
    let flags = row.flags.map { GradientAdvice.word($0)(language) }.joined(separator: ", ")
    let note = Table.Cell(flags, isWarning: row.flags.contains { $0 != .frozen })
    guard let norm = row.norm else {
      return [.init(row.name), .init(row.shape.description), "–", "", "", "", "", "", note]
    }
    return [
      .init(row.name), .init(row.shape.description), scientific(norm), scientific(row.mean), scientific(row.maximum),
      .init(Numerals.fixed(row.zeroShare * 100, 1), number: row.zeroShare * 100), row.ratio.map(scientific) ?? "",
      .init(Figures.Sparkline.heights(of: row.histogram)), note,
    ]
  }

  private static func scientific(_ number: Double) -> Table.Cell {
    .init(Numerals.typeset(Numerals.scientific(number, 2), .full), number: number)
  }

  /// A bar for each weight on a log scale, from input to output: the mean size of its gradient's elements, and a mark
  /// for the largest.
  static func flow(_ rows: [GradientRow], step: Int?, absence: Text?, _ language: MessageLanguage) -> Bars {
    let isChinese = language == .chinese
    let bars = rows.filter { !$0.isBias }.map { row -> Bars.Bar in
      // The root of the mean square: the norm spread over all elements.
      let size = (row.norm ?? .nan) / Double(max(1, row.shape.count)).squareRoot()
      return Bars.Bar(
        "\(row.net).\(row.name)".replacingSuffix(".weight", with: ""), size, reference: row.maximum,
        text: row.norm == nil ? "–" : Numerals.scientific(size, 2),
        note: row.flags.map { GradientAdvice.word($0)(language) }.joined(separator: ", "))
    }
    return Bars(
      bars, title: isChinese ? "梯度流：各层 |g| 的均方根（对数刻度）" : "gradient flow, root mean square of g per layer (log scale)",
      aside: step.map { isChinese ? "第 \($0) 步" : "step \($0)" } ?? "", isLogarithmic: true,
      referenceName: isChinese ? "最大值 max|g|" : "max|g|",
      notes: GradientAdvice.sentences(rows, absence: absence).map { $0(language) })
  }
}

extension String {
  /// The text with another end, where it has that end.
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + other : self
  }
}
