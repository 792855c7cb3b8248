// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language

/// The losses of a running trainer as SVG for notebooks: drawn at most once a second, at most 40 KB.
struct LivePlot {
  private static let interval = 1.0
  private static let byteLimit = 40_000
  /// More points than these say no more in a plot that is gone in a second.
  private static let pointLimit = 240

  private(set) var svg = ""
  private var drawn = -Double.infinity

  /// Draws anew when it is time to.
  mutating func update(_ history: History, name: String, now: Double, isFinal: Bool, _ language: MessageLanguage) {
    guard isFinal || now - drawn >= Self.interval, history.count > 1 else { return }
    drawn = now
    var chart = HistoryPlot.chart(history, title: name, language)
    chart.series = chart.series.map(Self.averaged)
    let drawing = chart.svg(language == .chinese ? .chinese : .english)
    svg = drawing.utf8.count <= Self.byteLimit ? drawing : ""
  }

  /// Means of neighbouring values, as many as there may be points.
  private static func averaged(_ series: LineChart.Series) -> LineChart.Series {
    let size = (series.y.count + pointLimit - 1) / pointLimit
    guard size > 1 else { return series }
    var averaged = LineChart.Series(series.name, x: [], y: [])
    for start in stride(from: 0, to: series.y.count, by: size) {
      let end = min(start + size, series.y.count)
      let values = series.y[start..<end].filter(\.isFinite)
      averaged.x?.append(series.x?[end - 1] ?? Double(end))
      averaged.y.append(values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count))
    }
    averaged.unmeasured = averaged.y.count(where: \.isNaN)
    return averaged
  }
}
