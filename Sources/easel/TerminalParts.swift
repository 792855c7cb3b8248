// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import TerminalFront

/// What a session on this terminal, pipe or file is drawn with.
struct TerminalParts {
  let capabilities: Capabilities
  let environment: Environment

  init(_ options: CommonOptions) {
    environment = Environment.current()
    // Questions go to the controlling terminal when the program itself comes through standard input.
    let input = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    capabilities = Capabilities(options.appearance, environment: environment, input: input, output: STDOUT_FILENO)
  }

  func renderer(_ interrupt: Interrupt) -> TerminalRenderer {
    TerminalRenderer(capabilities, interrupt: interrupt)
  }
}

/// What the user is told at once, by the thread that watches for signals.
enum Notices {
  static func stopping(_ level: Interrupt.Level, _ language: MessageLanguage) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    let sentence =
      level == .pause
      ? Text(" stopping after this step …", zh: " 这一步完成后停止……")
      : Text(" abandoning this step …", zh: " 正在放弃这一步……")
    Descriptors.complain(sentence(language))
  }
}
