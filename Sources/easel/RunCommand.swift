// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `easel run`: programs from files or the command line.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run programs.",
    discussion: "The programs share one session and run in order, up to the first that fails.")

  @OptionGroup var common: CommonOptions

  @Option(name: .customShort("e"), help: ArgumentHelp("Run this code.", valueName: "code"))
  var code: String?

  @Flag(help: "Go on with the next statement after an error.")
  var keepGoing = false

  @Flag(help: "Print each statement before what it shows.")
  var transcript = false

  @Argument(help: ArgumentHelp("Programs; - is standard input.", valueName: "file"))
  var files: [String] = []

  func validate() throws {
    if code == nil, files.isEmpty { throw ValidationError("Name a program, or give code with -e.") }
  }

  func run() {
    let named = files.map { $0 == "-" ? ProgramSource.standardInput : .file($0) }
    let sources = (code.map { [.code($0)] } ?? []) + named
    ProgramSession(sources: sources, options: common, keepsGoing: keepGoing, printsInputs: transcript).run()
  }
}
