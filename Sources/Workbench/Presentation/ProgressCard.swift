// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language

/// One state of a training run for notebooks: a bar, the figures, and their course as text.
///
/// It is no widget, so its last state stays in the file and is there after reopening.
enum ProgressCard {
  /// The display of a state.
  ///
  /// - Parameters:
  ///   - line: The same in one line, for fronts that show text.
  ///   - fraction: How much is done, 0 … 1; nil when the end is not known.
  ///   - history: What was measured so far.
  ///   - name: The trainer.
  ///   - plot: The losses as SVG; empty for none.
  ///   - isFinal: Whether the run is over: its result, which follows, says the line then.
  ///   - language: The language of headings.
  /// - Returns: About a kilobyte beside the plot, however long the run.
  static func display(
    line: String, fraction: Double?, history: History, name: String, plot: String = "", isFinal: Bool,
    _ language: MessageLanguage
  ) -> Display {
    if isFinal, let step = history.steps.last {
      let title = language == .chinese ? "\(name)，第 \(step) 步" : "\(name), step \(step)"
      return Display(line, parts: [MIMEPart("text/html", .text(table(history, title, language) + plot))])
    }
    let bar =
      fraction.map { "<progress max=\"100\" value=\"\(Numerals.fixed(min(max($0, 0), 1) * 100, 1))\"></progress> " }
      ?? ""
    let html = "<p>\(bar)<code>\(HTML.escaped(line))</code></p>\n"
    guard history.count > 1 else { return Display(line, parts: [MIMEPart("text/html", .text(html))]) }
    return Display(line, parts: [MIMEPart("text/html", .text(html + table(history, name, language) + plot))])
  }

  private static func table(_ history: History, _ name: String, _ language: MessageLanguage) -> String {
    let heads = language == .chinese ? ["指标", "当前", "近 50 步均值", "走势"] : ["figure", "now", "mean of 50", "course"]
    let columns = heads.enumerated().map { Table.Column($1, $0 == 1 || $0 == 2 ? .right : .left) }
    let rows = history.names.map { name -> [Table.Cell] in
      let values = history[name] ?? []
      let decimals = name.contains("(") ? 2 : 3
      func cell(_ number: Double?) -> Table.Cell {
        number.map { .init(Numbers.fixed($0, decimals), number: $0) } ?? "–"
      }
      return [
        .init(name), cell(values.last { $0.isFinite }), cell(history.recentMean(name)),
        .init(Figures.Sparkline.course(of: values, columns: 32)),
      ]
    }
    return Table(name, columns: columns, rows: rows).html(language == .chinese ? .chinese : .english)
  }
}
