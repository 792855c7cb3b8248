// SPDX-License-Identifier: Apache-2.0
import Glibc
public import KernelSession
import Language
import LineEditor

/// Reads statements at a prompt, executes them and draws what they show, until the user leaves.
public final class REPL {
  private let session: Session
  private let renderer: TerminalRenderer
  private let editor: LineEditor
  private let input: Int32
  /// Text that the next prompt starts with.
  private var nextInput = ""
  /// The lines of the statement that is being typed.
  private var pending: [String] = []

  /// Makes a prompt for `session` on the terminal of `renderer`.
  ///
  /// - Parameters:
  ///   - session: The conversation.
  ///   - renderer: Draws its output.
  ///   - input: The terminal's descriptor for keys.
  ///   - output: The terminal's descriptor for the line being typed.
  /// - Throws: `LineEditorError` when the terminal cannot be used.
  public init(session: Session, renderer: TerminalRenderer, input: Int32 = 0, output: Int32 = 1) throws {
    self.session = session
    self.renderer = renderer
    self.input = input
    editor = try LineEditor(name: "easel", input: input, output: output)
    for entry in session.history.tail(REPL.recalled) { editor.remember(entry.input, time: entry.time) }
    editor.completer = { [unowned self] line, cursor in completion(of: line, at: cursor) }
    renderer.asks = { [unowned self] prompt in editor.read(prompt: prompt) }
  }

  /// How many inputs of earlier sessions the arrow keys reach.
  static let recalled = 10_000

  /// Runs until the user leaves.
  public func run() {
    renderer.write(banner + "\n")
    while let code = nextStatement() {
      guard !code.allSatisfy(\.isWhitespace) else { continue }
      if execute(code) { return }
    }
    renderer.write("\n")
  }

  /// The greeting, in ASCII where the locale promises no more: nothing is asked of the terminal before the prompt.
  private var banner: String {
    guard !renderer.capabilities.localeHasUnicode else { return session.banner }
    let ascii = session.banner.map { $0 == "—" ? "-" : $0 }.filter(\.isASCII)
    return String(ascii).split(separator: "\n").map { $0.split(separator: "   ").filter { $0.first != ":" } }
      .map { $0.joined(separator: "   ") }.joined(separator: "\n")
  }

  /// Executes one input; true when it asked to leave.
  private func execute(_ code: String) -> Bool {
    remember(code)
    // What is typed meanwhile shows at the next prompt, not in the middle of the output.
    Terminal.setEcho(false, on: input)
    let execution = session.execute(ExecutionRequest(code), to: renderer)
    Terminal.setEcho(true, on: input)
    if let failure = execution.failure { renderer.show(failure, isProgram: false) }
    renderer.finishLine()
    if let text = execution.nextInput {
      nextInput = execution.opensEditor ? TextEditor.edit(text, telling: renderer) ?? "" : text
    }
    return execution.wantsExit
  }

  private var lastRemembered = ""

  private func remember(_ code: String) {
    guard code != lastRemembered else { return }
    lastRemembered = code
    editor.remember(code, time: Int(time(nil)))
  }

  /// The next complete input; nil at the end.
  private func nextStatement() -> String? {
    pending = []
    var indent = 0
    while true {
      let prefill = pending.isEmpty ? takeNextInput() : String(repeating: " ", count: indent)
      switch editor.read(prompt: prompt, prefill: prefill) {
      case .line(let line):
        pending.append(line)
        guard let deeper = missingIndent else { return pending.joined(separator: "\n") }
        indent = deeper
      case .interrupted:
        pending = []
      case .ended:
        if pending.isEmpty { return nil }
        renderer.write("\n")
        pending = []
      }
    }
  }

  private func takeNextInput() -> String {
    defer { nextInput = "" }
    return nextInput
  }

  /// How far the next line is indented when the input so far needs one; nil when it does not.
  private var missingIndent: Int? {
    // The body of a cell command may hold anything, so an empty line ends it.
    if pending[0].hasPrefix("%%") { return pending.last?.allSatisfy(\.isWhitespace) == true ? nil : 0 }
    let code = pending.joined(separator: "\n")
    guard case .incomplete(let indent) = session.snapshots.current.completeness(of: code) else { return nil }
    return min(max(0, indent), 40)
  }

  private var prompt: String {
    let mark = pending.isEmpty ? ">> " : ".. "
    return renderer.capabilities.colour == .none ? mark : "\u{1}\u{1B}[1;34m\u{2}\(mark)\u{1}\u{1B}[0m\u{2}"
  }

  private func completion(of line: String, at cursor: Int) -> LineCompletion {
    let before = pending.isEmpty ? "" : pending.joined(separator: "\n") + "\n"
    let offset = before.utf8.count
    let found = session.snapshots.current.complete(before + line, at: offset + cursor)
    guard found.replaced.lowerBound >= offset else { return LineCompletion() }
    let canvas = renderer.capabilities.textCanvas
    let language = session.language
    return LineCompletion(start: found.replaced.lowerBound - offset, texts: found.matches.map(\.text)) {
      CompletionTable(matches: found.matches, canvas: canvas, language: language).text
    }
  }
}
