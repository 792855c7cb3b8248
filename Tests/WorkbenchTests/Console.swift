// SPDX-License-Identifier: Apache-2.0
import Language
import Workbench

/// Surroundings that remember what was shown.
final class Console: Surroundings {
  private(set) var lines: [String] = []
  private(set) var displays: [Display] = []
  private(set) var progress: [String] = []
  private(set) var progressDisplays: [Display] = []
  var language = MessageLanguage.english
  var canvas = TerminalCanvas()
  /// After how many looks the user wants to stop; nil for never.
  var patience: Int?
  let host: AnyObject?
  private var pending = ""

  init(_ state: WorkbenchState) { host = state }

  var interruption: Interruption {
    guard let left = patience else { return .none }
    patience = left - 1
    return left <= 0 ? .pause : .none
  }

  func emit(_ emission: Emission) {
    switch emission {
    case .text(let text):
      pending += text
      while let newline = pending.firstIndex(of: "\n") {
        lines.append(String(pending[..<newline]))
        pending.removeSubrange(...newline)
      }
    case .note(let text): lines.append("note: " + text)
    case .progress(_, let line, let display, _, _):
      progress.append(line)
      progressDisplays.append(display)
    case .result(let display), .echo(let display), .display(let display, _), .update(let display, _),
      .page(let display):
      displays.append(display)
      lines += display.plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    case .clear: lines = []
    }
  }

  func readLine(prompt: String, isPassword: Bool) throws -> String { "typed" }
  func now() -> Double { 0 }
  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws {}
}

/// A session of the workbench without a front.
struct Bench {
  let console: Console
  let evaluator: Evaluator
  let state: WorkbenchState

  init(seed: UInt64 = 42) {
    state = WorkbenchState(seed: seed)
    console = Console(state)
    evaluator = Evaluator(table: WorkbenchTable.make(), surroundings: console)
  }

  /// Runs a text and gives the error, if there was one.
  @discardableResult
  func run(_ text: String, options: Evaluator.Options = .init()) -> Diagnostic? {
    do throws(Diagnostic) {
      try evaluator.run(SourceText(text, name: "[1]"), options: options)
      return nil
    } catch {
      return error
    }
  }

  /// What a text shows, with the first line of the error behind it.
  func summarised(_ text: String) -> [String] {
    let before = console.lines.count
    let error = run(text)
    return console.lines.dropFirst(before) + (error.map { [$0.summary(console.language)] } ?? [])
  }

  /// What a text shows, with the lines of the error behind it.
  func shown(_ text: String) -> [String] {
    let before = console.lines.count
    let error = run(text)
    let context = DisplayContext(language: console.language, canvas: console.canvas)
    return console.lines.dropFirst(before) + (error?.lines(context) ?? [])
  }
}
