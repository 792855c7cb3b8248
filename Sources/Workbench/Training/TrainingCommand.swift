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
  private let panel: TrainerPanel?
  private var plot = LivePlot()
  /// What the command amounts to up to a change that came from a panel, and how many steps that are.
  private var before: (statements: [String], steps: Int) = ([], 0)

  /// Starts a command.
  init(_ object: TrainerObject, _ amount: TrainingAmount, only: String? = nil, _ wishes: Wishes, _ call: Call) throws {
    self.object = object
    self.wishes = wishes
    self.call = call
    panel = call.state.panel(of: object.trainer)
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
    } catch {
      if run.taken == 0 { tellNothing() }
      throw error
    }
    object.trainer.endCommand()
    emit(isFinal: true)
    try AlarmWatch(object, call).tell(afterSteps: run.taken)
    switch run.amount {
    case .seconds, .unlimited: tellRecipe()
    case .steps, .epochs: if call.name == "resume" || !before.statements.isEmpty { tellRecipe() }
    }
    return report
  }

  /// Whether the command goes on after a step: the user, the block and the condition are asked.
  private func goesOn(after report: StepReport) throws -> Bool {
    let wishes = panel?.wishes()
    if let wishes { try obey(wishes) }
    emit(isFinal: false)
    panel?.follow(now: call.now())
    let bindings = report.values.filter { $0.isName }.map { ($0.name, Value.float($0.value)) }
    try runBlock(bindings)
    if call.interruption > .none || wishes?.isPaused == true, !run.isOver { throw paused() }
    return try !isReached(bindings)
  }

  /// Runs the block when it is due; it belongs to the step: a pause comes after it, so that the steps can be taken again
  /// with all their blocks.
  private func runBlock(_ bindings: [(String, Value)]) throws {
    guard let every = wishes.every, run.taken.isMultiple(of: every), let block = wishes.block else { return }
    // So that weights which the block sets by hand are noticed.
    object.trainer.endCommand()
    do {
      try call.finishing { try block.run(with: bindings, in: call) }
    } catch {
      run.pause()
      throw error
    }
  }

  /// Whether the condition is true now.
  ///
  /// One that fails after the first step is mistyped: nothing was done then.
  private func isReached(_ bindings: [(String, Value)]) throws -> Bool {
    guard let until = wishes.until else { return false }
    do {
      return try until.isTrue(with: bindings, in: call)
    } catch {
      if run.taken == 1, wishes.block == nil, call.interruption == .none {
        try run.revoke()
        tellNothing()
      } else {
        run.pause()
        tellRecipe()
      }
      throw error
    }
  }

  /// Tells the session that nothing was done; the gradients of a failed step remain, and a step function may have done
  /// anything.
  private func tellNothing() {
    guard !object.trainer.keepsGradients else { return }
    call.evaluator.surroundings.amounts(to: "", at: call.site)
  }

  // MARK: Panels and recipes

  /// Does what a user of the panel wants from the next step on.
  private func obey(_ wishes: PanelActions.Wishes) throws {
    let statements = self.statements
    var changes: [String] = []
    for (optimizer, rate) in wishes.rates.sorted(by: { $0.key < $1.key }) {
      try object.trainer.set("\(optimizer).lr", to: .number(rate))
      changes.append("\(object.name).\(optimizer).lr = \(Numbers.typed(rate))")
    }
    let part = wishes.part ?? run.only
    guard !changes.isEmpty || part != run.only else { return }
    before = (statements + changes, run.taken)
    for change in changes { call.evaluator.surroundings.adds(change) }
    try run.change(only: part)
  }

  /// What the command amounts to up to now.
  private var statements: [String] {
    let part = run.only.map { " only=\"\($0)\"" } ?? ""
    let steps = run.taken - before.steps
    guard steps > 0 || before.statements.isEmpty else { return before.statements }
    return before.statements + ["step \(object.name) \(steps)\(part)\(blockText)"]
  }

  /// The block as it was typed, with how often it runs.
  private var blockText: String {
    guard let site = call.site else { return "" }
    return ["every", "do"].compactMap { name in
      guard let span = site.named.last(where: { $0.name == name })?.span else { return nil }
      return " " + site.source.text(of: span)
    }.joined()
  }

  /// Whether the statements do the same: a block runs after so many steps of one command, of which a change in between
  /// makes two, and a block that is given by its place has no words of its own.
  private var canTell: Bool {
    guard wishes.block != nil else { return true }
    return before.statements.isEmpty && call.site?.named.contains { $0.name == "do" } == true
  }

  /// Tells the session what the command amounts to, when the same words would do something else another time.
  private func tellRecipe() {
    guard canTell else { return }
    call.evaluator.surroundings.amounts(to: statements.joined(separator: "\n"), at: call.site)
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
    let history = object.trainer.state.history
    if call.state.showsLivePlot {
      plot.update(history, name: object.name, now: now, isFinal: isFinal, call.language)
    }
    let display = ProgressCard.display(
      line: text, fraction: fraction, history: history, name: object.name, plot: plot.svg, isFinal: isFinal,
      call.language)
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
