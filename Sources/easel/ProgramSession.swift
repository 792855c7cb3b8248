// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import TerminalFront

/// Programs that run one after the other in one session.
struct ProgramSession {
  let sources: [ProgramSource]
  let options: CommonOptions
  var keepsGoing = false
  var printsInputs = false

  /// Runs them; the process ends with their exit code.
  func run() -> Never {
    BigStack.run { [self] in execute().rawValue }
  }

  private func execute() -> ProgramRunner.Exit {
    TerminalSetup.begin()
    let terminal = TerminalParts(options)
    let session = SessionAssembly.make(options, terminal)
    let notices = Notices(session, terminal.environment)
    SignalWatch(
      session.interrupt, notice: { notices.stopping($0) },
      idle: { _exit(ProgramRunner.Exit.interrupted.rawValue) }
    ).start()
    let runner = ProgramRunner(
      session: session, renderer: terminal.renderer(session.interrupt), keepsGoing: keepsGoing,
      printsInputs: printsInputs)
    return run(with: runner)
  }

  private func run(with runner: ProgramRunner) -> ProgramRunner.Exit {
    var exit = ProgramRunner.Exit.ok
    for source in sources {
      guard let code = source.load() else {
        Descriptors.complain("easel: \(source.name): \(String(cString: strerror(errno)))")
        return .usage
      }
      let ended = runner.run(code, name: source.name)
      if ended != .ok { exit = ended }
      if ended == .interrupted || (ended == .failed && !keepsGoing) { break }
    }
    return exit
  }
}
