// SPDX-License-Identifier: Apache-2.0
public import KernelSession
import Language

/// Runs programs from files, pipes and the command line: no prompts, errors with file and line, an exit code.
public struct ProgramRunner {
  /// How a program ended, as the number that the process exits with.
  public enum Exit: Int32, Sendable {
    /// It ran to its end.
    case ok = 0
    /// A statement failed.
    case failed = 1
    /// The command line made no sense.
    case usage = 2
    /// The user interrupted it.
    case interrupted = 130
  }

  private let session: Session
  private let renderer: TerminalRenderer
  private let keepsGoing: Bool
  private let printsInputs: Bool

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - session: The conversation; programs run one after the other share it.
  ///   - renderer: Draws its output.
  ///   - keepsGoing: Whether the statements after a failed one run too.
  ///   - printsInputs: Whether each statement is printed before its output, as at a prompt.
  public init(session: Session, renderer: TerminalRenderer, keepsGoing: Bool = false, printsInputs: Bool = false) {
    self.session = session
    self.renderer = renderer
    self.keepsGoing = keepsGoing
    self.printsInputs = printsInputs
  }

  /// Runs `code`, which errors call `name`.
  public func run(_ code: String, name: String) -> Exit {
    var code = code
    // The first line may name the program that runs the file.
    if code.hasPrefix("#!") { code = "#" + code }
    guard keepsGoing || printsInputs else {
      return execute(Program.Input(code: code, line: 1), name: name).exit
    }
    return runInputs(code, name: name)
  }

  private func runInputs(_ code: String, name: String) -> Exit {
    var exit = Exit.ok
    let snapshot = session.snapshots.current
    let program = Program(code) { snapshot.completeness(of: $0).mayEnd }
    for input in program.inputs {
      if printsInputs { echo(input.code) }
      let (status, leaves) = execute(input, name: name)
      if status != .ok { exit = status }
      if leaves || status == .interrupted || (status == .failed && !keepsGoing) { break }
    }
    return exit
  }

  private func execute(_ input: Program.Input, name: String) -> (exit: Exit, leaves: Bool) {
    let request = ExecutionRequest(
      input.code, allowsInput: name != ProgramRunner.standardInput, file: name, firstLine: input.line,
      isScript: !printsInputs)
    let execution = session.execute(request, to: renderer)
    renderer.finishLine()
    if execution.opensEditor {
      let note = Text("note: %edit does nothing in a program: it edits at a prompt", zh: "提示：%edit 只在提示符下编辑，在程序中无效")
      renderer.emit(.note(note(session.language)))
    }
    switch execution.status {
    case .ok: return (.ok, execution.wantsExit)
    case .failed(let failure):
      renderer.show(failure, isProgram: !printsInputs)
      return (.failed, false)
    case .interrupted(let failure):
      renderer.show(failure, isProgram: !printsInputs)
      return (.interrupted, false)
    }
  }

  /// The name of a program that came through a pipe.
  public static let standardInput = "<stdin>"

  private func echo(_ code: String) {
    let lines = code.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() { renderer.write((index == 0 ? ">> " : ".. ") + line + "\n") }
  }
}

extension Completeness {
  /// Whether a statement may end here.
  fileprivate var mayEnd: Bool {
    if case .incomplete = self { false } else { true }
  }
}
