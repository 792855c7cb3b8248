// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language

/// What a trainer measured, as lines over its steps.
enum HistoryPlot {
  /// The chart of some columns; nil takes the losses and leaves scores such as `D(x)`, which have a scale of their own,
  /// to whoever asks for them.
  static func chart(_ history: History, columns: [String]? = nil, title: String, _ language: MessageLanguage)
    -> LineChart
  {
    let losses = history.names.filter { !$0.contains("(") }
    let names = columns ?? (losses.isEmpty ? history.names : losses)
    let steps = history.steps.map(Double.init)
    var chart = LineChart(
      names.map { line($0, history, steps) }, title: title, xName: language == .chinese ? "步" : "step")
    // More changes than these would hide the lines.
    chart.events = history.notes.suffix(6).map { .init(x: Double($0.step), name: $0.text.cut(to: 32)) }
    return chart
  }

  /// One column: what most steps do not measure is joined, else a stretch that was not measured is a gap.
  private static func line(_ name: String, _ history: History, _ steps: [Double]) -> LineChart.Series {
    let values = history[name] ?? []
    let measured = values.indices.filter { !values[$0].isNaN }
    if 2 * measured.count < values.count {
      return .init(name, x: measured.map { steps[$0] }, y: measured.map { values[$0] })
    }
    var line = LineChart.Series(name, x: steps, y: values)
    // A step that only took one part's turn says nothing of the other's loss; one without any number is a failure.
    line.unmeasured = values.indices.count { values[$0].isNaN && !history.row($0).isEmpty }
    return line
  }
}

extension HistoryObject: Plottable {
  func lineChart(_ context: DisplayContext) throws -> LineChart {
    HistoryPlot.chart(history, title: name, context.language)
  }
}

extension TrainerObject: Plottable {
  func lineChart(_ context: DisplayContext) throws -> LineChart {
    HistoryPlot.chart(trainer.state.history, title: name, context.language)
  }
}
