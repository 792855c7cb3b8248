// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc

/// `easel`: a prompt, or the program on standard input.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "A prompt; when standard input is no terminal, run the program that it holds (default).")

  @OptionGroup var common: CommonOptions

  @Option(
    name: .customLong("run"), help: ArgumentHelp("Run this program first, and show its lines.", valueName: "file"))
  var program: String?

  func run() {
    let first = program.map { [ProgramSource.file($0)] } ?? []
    guard isatty(STDIN_FILENO) == 1 else {
      ProgramSession(sources: first + [.standardInput], options: common, printsInputs: !first.isEmpty).run()
    }
    let options = common
    BigStack.run { PromptSession.run(options, first: first) }
  }
}
