// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import TerminalFront

/// A prompt on the terminal of this process.
enum PromptSession {
  /// Runs the first programs and then the prompt until the user leaves; returns the exit code.
  static func run(_ options: CommonOptions, first: [ProgramSource] = []) -> Int32 {
    TerminalSetup.begin()
    let terminal = TerminalParts(options)
    let session = SessionAssembly.make(options, terminal, historyPath: Folders().history)
    let renderer = terminal.renderer(session.interrupt)
    let notices = Notices(session, terminal.environment)
    SignalWatch(
      session.interrupt, notice: { notices.stopping($0) }, idle: {}
    ).start()
    do {
      let prompt = try REPL(session: session, renderer: renderer)
      if !options.noInit { runInitFile(session, renderer) }
      for source in first { runFirst(source, session, renderer) }
      prompt.run()
      return ProgramRunner.Exit.ok.rawValue
    } catch {
      Descriptors.complain("easel: \(error)")
      return ProgramRunner.Exit.failed.rawValue
    }
  }

  /// A program named on the command line, shown as if it were typed; after an error the prompt comes all the same.
  private static func runFirst(_ source: ProgramSource, _ session: Session, _ renderer: TerminalRenderer) {
    guard let code = source.load() else {
      return Descriptors.complain("easel: \(source.name): \(String(cString: strerror(errno)))")
    }
    let runner = ProgramRunner(session: session, renderer: renderer, keepsGoing: false, printsInputs: true)
    _ = runner.run(code, name: source.name)
  }

  /// The user's own first program; its errors are shown and do not keep the prompt from coming.
  private static func runInitFile(_ session: Session, _ renderer: TerminalRenderer) {
    let source = ProgramSource.file(Folders().initFile)
    guard let code = source.load() else { return }
    let request = ExecutionRequest(code, storesHistory: false, file: source.name, isScript: true)
    if let failure = session.execute(request, to: renderer).failure { renderer.show(failure, isProgram: false) }
  }
}
