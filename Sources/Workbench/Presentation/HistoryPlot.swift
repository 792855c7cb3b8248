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
      names.map { .init($0, x: steps, y: history[$0] ?? []) }, title: title,
      xName: language == .chinese ? "步" : "step")
    // More changes than these would hide the lines.
    chart.events = history.notes.suffix(6).map { .init(x: Double($0.step), name: $0.text.cut(to: 32)) }
    return chart
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
