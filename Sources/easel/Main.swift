// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import KernelSession
import TerminalFront

/// The command line: `easel [repl] [options]` and its subcommands.
@main
struct Easel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "easel",
    abstract: "GAN and VAE training, step by step.",
    discussion: """
      Without a subcommand: a prompt when standard input is a terminal, else the program on standard input runs.
      Exit codes: 0 well, 1 an error in the program, 2 a command line that makes no sense, 130 interrupted.
      """,
    version: Release.version,
    subcommands: [
      ReplCommand.self, RunCommand.self, KernelCommand.self, InstallCommand.self, UninstallCommand.self,
      DoctorCommand.self, BenchCommand.self, ReferenceCommand.self,
    ],
    defaultSubcommand: ReplCommand.self)

  /// Parses and runs; a command line that makes no sense ends with 2, as the shells' own commands do.
  static func main() {
    SignalWatch.takeSignals()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      Descriptors.complain(fullMessage(for: error))
      Glibc.exit(ProgramRunner.Exit.usage.rawValue)
    }
  }
}
