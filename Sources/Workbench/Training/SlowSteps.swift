// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// Steps in slow motion: the same to the bit, each shown phase by phase.
enum SlowSteps {
  /// The most steps that are shown this way at a time; more would fill the screen.
  private static let most = 20

  static func run(_ object: TrainerObject, _ count: Int, only: String?, _ call: Call) throws -> ReportObject {
    guard (1...most).contains(count) else {
      throw TrainingFault.amount(
        name: "n", value: String(count), needs: Text("1 to \(most) with slow=True", zh: "slow=True 时为 1 到 \(most)"))
    }
    try object.trainer.beginCommand()
    defer { object.trainer.endCommand() }
    for _ in 0..<count {
      try call.checkInterruption()
      var phases: [StepPhase] = []
      let report = try object.trainer.takeSlowStep(only: only) { phases.append($0) }
      let text = PhaseText(phases, of: object, step: report.step)
      call.emit(.display(text.display(call.displayContext), id: nil))
    }
    let values = object.trainer.state.lastReport?.values ?? []
    let figures = TrainerText.figures(values)
    return ReportObject(
      values, step: object.trainer.state.step,
      summary: Text("\(object.name)  \(figures)", zh: "\(object.name)  \(figures)"))
  }
}
