// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// One line about a command of several steps.
///
///     gan  500/500 ━━━━━━━━━━━━━━━━━━━━  4.1 s  122 steps/s  7.8k img/s   errD 0.873  errG 1.214  D(x) 0.71
struct ProgressText {
  private let run: TrainingRun
  private let object: TrainerObject
  private let report: StepReport?
  private let seconds: Double
  private let canvas: TerminalCanvas

  init(_ run: TrainingRun, _ object: TrainerObject, _ report: StepReport?, seconds: Double, canvas: TerminalCanvas) {
    self.run = run
    self.object = object
    self.report = report
    self.seconds = seconds
    self.canvas = canvas
  }

  func line(isFinal: Bool) -> Text {
    let figures = self.figures(isFinal: isFinal)
    let left = isFinal ? nil : remainingSeconds
    return Text(
      fitted(left.map { "ETA \($0)" }, figures), zh: fitted(left.map { "剩余 \($0)" }, figures))
  }

  /// The fullest line that fits the canvas: the bar, then images a second, then the pace are left out first.
  private func fitted(_ remaining: String?, _ figures: String) -> String {
    let pace = self.pace
    let forms: [(bar: String?, pace: ArraySlice<String>)] = [
      (bar, pace[...]), (bar, pace.prefix(2)), (nil, pace.prefix(2)), (nil, pace.prefix(1)), (nil, []),
    ]
    let lines = forms.map { form in
      let head = "\(object.name)  \(count)" + (form.bar.map { " " + $0 } ?? "")
      let left = ([head] + form.pace + [remaining].compactMap { $0 }).joined(separator: "  ")
      return figures.isEmpty ? left : left + "   " + figures
    }
    let shortest = lines[lines.count - 1]
    return lines.first { DisplayWidth.columns(of: $0) <= canvas.columns } ?? shortest
  }

  /// As in `500/500`, or the count alone when only time will tell.
  private var count: String {
    guard let total = run.expectedSteps else { return String(run.taken) }
    return "\(run.taken)/\(max(total, run.taken))"
  }

  private var bar: String? {
    guard let total = run.expectedSteps, !canvas.reader else { return nil }
    let filled = total == 0 ? 20 : min(20 * run.taken / max(total, 1), 20)
    let (full, empty) = canvas.unicode ? ("━", "─") : ("=", "-")
    return String(repeating: full, count: filled) + String(repeating: empty, count: 20 - filled)
  }

  private var pace: [String] {
    guard seconds > 0.05 else { return [] }
    let steps = Double(run.taken) / seconds
    var parts = ["\(NumberText.fixed(seconds, 1)) s", "\(rate(steps)) steps/s"]
    if run.examples > 0 { parts.append("\(rate(Double(run.examples) / seconds)) img/s") }
    return parts
  }

  private func rate(_ number: Double) -> String {
    number >= 1000
      ? "\(NumberText.fixed(number / 1000, 1))k" : NumberText.fixed(number, number < 10 ? 1 : 0)
  }

  private var remainingSeconds: String? {
    guard let total = run.expectedSteps, run.taken > 0, seconds > 0.5 else { return nil }
    let left = seconds / Double(run.taken) * Double(max(total - run.taken, 0))
    guard left >= 1 else { return nil }
    return left < 90 ? "\(NumberText.fixed(left, 0)) s" : "\(NumberText.fixed(left / 60, 0)) min"
  }

  /// The figures of the last step; means over the last 50 while running, when single steps jump.
  private func figures(isFinal: Bool) -> String {
    guard let report else { return "" }
    guard !isFinal else { return TrainerText.figures(report.values) }
    let history = object.trainer.state.history
    return TrainerText.figures(
      report.values.map { NamedValue($0.name, history.recentMean($0.name) ?? $0.value) })
  }
}
