// SPDX-License-Identifier: Apache-2.0
import Language

/// Surroundings that remember what was shown.
final class Console: Surroundings {
  private(set) var lines: [String] = []
  private(set) var notes: [String] = []
  private(set) var progress: [String] = []
  private(set) var commands: [SessionCommand] = []
  var language = MessageLanguage.english
  var canvas = TerminalCanvas()
  /// After how many looks the user wants to stop; nil for never.
  var patience: Int?
  var interruption: Interruption {
    guard let left = patience else { return .none }
    patience = left - 1
    return left <= 0 ? .pause : .none
  }
  var clock = 0.0
  var tick = 0.0
  var host: AnyObject? { nil }
  private var pending = ""

  func emit(_ emission: Emission) {
    switch emission {
    case .text(let text):
      pending += text
      while let newline = pending.firstIndex(of: "\n") {
        lines.append(String(pending[..<newline]))
        pending.removeSubrange(...newline)
      }
    case .note(let text): notes.append(text)
    case .progress(_, let line, _, _, _): progress.append(line)
    case .result(let display), .echo(let display), .display(let display, _), .update(let display, _),
      .page(let display):
      lines += display.plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    case .clear: lines = []
    }
  }

  func readLine(prompt: String, isPassword: Bool) throws -> String { "typed" }

  func now() -> Double {
    clock += tick
    return clock
  }

  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws { commands.append(command) }
}

/// An evaluator with toys and a console.
struct Bench {
  let console = Console()
  let evaluator: Evaluator

  init(_ table: BuiltinTable = .toys) { evaluator = Evaluator(table: table, surroundings: console) }

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

  /// What a text shows, with the summary of the error as last line.
  func shown(_ text: String) -> [String] {
    let before = console.lines.count
    let error = run(text)
    return console.lines.dropFirst(before) + (error.map { [$0.summary(console.language)] } ?? [])
  }
}
