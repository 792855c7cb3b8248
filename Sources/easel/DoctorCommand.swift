// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import KernelSession
import TerminalFront

/// `easel doctor`: what works here, and how to fix what does not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look at terminal, locale, data sets and the rest: ok, or how to fix it.")

  @OptionGroup var common: CommonOptions

  func run() {
    let options = common
    BigStack.run {
      TerminalSetup.begin()
      let terminal = TerminalParts(options)
      let session = SessionAssembly.make(options, terminal)
      let renderer = terminal.renderer(session.interrupt)
      for line in session.report() { renderer.write(line + "\n") }
      return ProgramRunner.Exit.ok.rawValue
    }
  }
}
