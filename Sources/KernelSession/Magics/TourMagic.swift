// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let tour = Magic(
    "%tour [n]",
    Text("A three-minute tour: eight lines to type; the session stays as it is.", zh: "三分钟导览：输入八行代码；会话保持原样。")
  ) { call in
    let first = call.argument.isEmpty ? 1 : Int(call.argument) ?? 0
    guard (1...Tour.steps.count).contains(first) else {
      throw call.mistake(
        Text("%tour wants a stop from 1 to \(Tour.steps.count)", zh: "%tour 需要 1 到 \(Tour.steps.count) 之间的数"),
        help: [.init(code: "%tour")])
    }
    try TourGuide(call: call, first: first).walk()
  }
}

/// Leads through the tour in variables of its own.
private struct TourGuide {
  let call: MagicCall
  let first: Int

  func walk() throws {
    let evaluator = call.session.sideEvaluator()
    // Later stops need what the earlier ones made.
    for step in Tour.steps.prefix(first - 1) { try call.session.stage.muted { try run(step.line, evaluator) } }
    for (index, step) in Tour.steps.enumerated().dropFirst(first - 1) {
      call.print("")
      call.print("\(index + 1)/\(Tour.steps.count)  " + step.before(call.language))
      call.print(Text("  type:  ", zh: "  输入：")(call.language) + step.line)
      guard try take(step, evaluator) else { return }
      call.print(step.after)
    }
  }

  /// Takes lines until one has run; false when the user leaves the tour.
  private func take(_ step: Tour.Step, _ evaluator: Evaluator) throws -> Bool {
    while true {
      let line: String
      do {
        line = try evaluator.surroundings.readLine(prompt: "tour> ", isPassword: false)
      } catch let diagnostic as Diagnostic where diagnostic.kind == .state {
        call.print(
          Text("The tour needs somebody who types; it goes on with %tour at a prompt.", zh: "导览需要有人输入；请在提示符下使用 %tour。"))
        return false
      }
      let typed = line.drop { $0.isWhitespace }
      if ["q", "quit", "exit"].contains(typed) { return false }
      if typed.isEmpty {
        call.print("  " + step.line)
        show(step.line, evaluator)
        return true
      }
      show(line, evaluator)
      // Whoever tries something else may; the stop is done when its line has been typed.
      if sameLine(line, step.line) { return true }
      call.print(
        Text("Now the line of this stop, or just Enter:", zh: "现在输入这一步的代码，或直接按回车：")(call.language) + "  " + step.line)
    }
  }

  private func sameLine(_ left: String, _ right: String) -> Bool {
    left.filter { !$0.isWhitespace } == right.filter { !$0.isWhitespace }
  }

  private func run(_ line: String, _ evaluator: Evaluator) throws {
    do {
      try evaluator.run(SourceText(line, name: "%tour"))
    } catch  where error.kind != .interrupted {
      // One stop is there to fail.
    }
  }

  /// Runs a line; what goes wrong is shown and does not end the tour.
  private func show(_ line: String, _ evaluator: Evaluator) {
    do throws(Diagnostic) {
      try evaluator.run(SourceText(line, name: "%tour"))
    } catch {
      let failure = Failure(error, call.language, call.session.stage.canvas)
      call.print(failure.lines.joined(separator: "\n"))
    }
  }
}
