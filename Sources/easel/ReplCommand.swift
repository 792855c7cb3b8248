// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc

/// `easel`: a prompt, or the program on standard input.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "A prompt; when standard input is no terminal, run the program that it holds (default).")

  @OptionGroup var common: CommonOptions

  func run() {
    guard isatty(STDIN_FILENO) == 1 else {
      ProgramSession(sources: [.standardInput], options: common).run()
    }
    let options = common
    BigStack.run { PromptSession.run(options) }
  }
}
