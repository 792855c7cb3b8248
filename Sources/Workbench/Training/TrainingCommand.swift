// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Tensors

/// A command of several steps: takes them, shows how far it is, stops when asked, and says what it did.
final class TrainingCommand {
  /// What is to be asked between steps.
  struct Wishes {
    /// Ends the command when it becomes true; sees the figures of the step by their names.
    var until: LazyArgument?
    /// Every how many steps the block runs.
    var every: Int?
    /// What runs every so many steps; sees the figures by their names.
    var block: BlockArgument?
  }

  private let object: TrainerObject
  private let run: TrainingRun
  private let wishes: Wishes
  private let call: Call
  private let start: Double
  private let firstStep: Int
  private var last: StepReport?
  private var lastShown: Double

  /// Starts a command.
  init(_ object: TrainerObject, _ amount: TrainingAmount, only: String? = nil, _ wishes: Wishes, _ call: Call) throws {
    self.object = object
    self.wishes = wishes
    self.call = call
    firstStep = object.trainer.state.step
    start = call.now()
    lastShown = start
    let surroundings = call.evaluator.surroundings
    object.trainer.state.shouldStop = { surroundings.interruption == .abandon }
    run = try TrainingRun(object.trainer, amount, only: only)
  }

  /// Takes the steps; throws `Interrupted` when the user wants to stop, with everything kept.
  func execute() throws -> ReportObject {
    // Asked to pause, a step is finished however long it takes; only asked twice it is given up.
    let check = Compute.interruptCheck
    Compute.interruptCheck = object.trainer.state.shouldStop
    defer {
      Compute.interruptCheck = check
      object.trainer.state.shouldStop = { false }
    }
    do {
      while let report = try run.next() {
        last = report
        if try !goesOn(after: report) { break }
      }
    } catch let error as TrainerError where error.isInterruption {
      if let failure = call.state.takeHookFailure() { throw failure }
      throw paused()
    }
    object.trainer.endCommand()
    emit(isFinal: true)
    switch run.amount {
    case .seconds, .unlimited: tellRecipe()
    case .steps, .epochs: if call.name == "resume" { tellRecipe() }
    }
    return report
  }

  /// Whether the command goes on after a step: the user, the block and the condition are asked.
  private func goesOn(after report: StepReport) throws -> Bool {
    if call.interruption > .none, !run.isOver { throw paused() }
    emit(isFinal: false)
    let bindings = report.values.filter { $0.isName }.map { ($0.name, Value.float($0.value)) }
    do {
      if let every = wishes.every, run.taken.isMultiple(of: every), let block = wishes.block {
        try block.run(with: bindings, in: call)
      }
      if let until = wishes.until, try until.isTrue(with: bindings, in: call) { return false }
    } catch {
      run.pause()
      throw error
    }
    return true
  }

  /// Tells the session what the command amounts to, when the same words would do something else another time.
  private func tellRecipe() {
    let part = run.only.map { " only=\"\($0)\"" } ?? ""
    call.evaluator.surroundings.amounts(to: "step \(object.name) \(run.taken)\(part)")
  }

  // MARK: Interruption

  private func paused() -> Diagnostic {
    run.pause()
    tellRecipe()
    emit(isFinal: true)
    let (name, step) = (object.name, object.trainer.state.step)
    let seconds = NumberText.fixed(call.now() - start, 1)
    let goal = run.expectedSteps.map { firstStep + $0 }
    let left = goal.map { $0 - step }
    return Diagnostic(
      .interrupted,
      Text(
        "\(name) paused at step \(step)\(goal.map { " of \($0)" } ?? "") (\(seconds) s). Everything is kept.",
        zh: "\(name) 在第 \(step) 步\(goal.map { "（共 \($0) 步）" } ?? "")暂停（\(seconds) 秒）。一切均已保留。"),
      help: [
        .init(
          code: "resume \(name)",
          left.map { Text("the remaining \($0) steps", zh: "继续剩余的 \($0) 步") })
      ])
  }

  // MARK: What is shown

  private func emit(isFinal: Bool) {
    let now = call.now()
    guard isFinal || now - lastShown >= 0.1 else { return }
    lastShown = now
    let line = ProgressText(run, object, last, seconds: now - start, canvas: call.canvas).line(isFinal: isFinal)
    let text = line(call.language)
    let display = ProgressCard.display(
      line: text, fraction: fraction, history: object.trainer.state.history, name: object.name, call.language)
    call.emit(.progress(id: object.name, line: text, display: display, fraction: fraction, isFinal: isFinal))
  }

  private var fraction: Double? { run.expectedSteps.map { $0 == 0 ? 1 : Double(run.taken) / Double($0) } }

  private var report: ReportObject {
    let text = ProgressText(run, object, last, seconds: call.now() - start, canvas: call.canvas)
    return ReportObject(
      last?.values ?? object.trainer.state.lastReport?.values ?? [], step: object.trainer.state.step,
      summary: text.line(isFinal: true))
  }
}

extension NamedValue {
  /// Whether the name can be written in an expression, as `errD` can and `D(x)` cannot.
  fileprivate var isName: Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
