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
struct Notices: Sendable {
  private let snapshots: SnapshotBox
  private let isTerminal: Bool
  private let canErase: Bool

  init(_ session: Session, _ environment: Environment) {
    snapshots = session.snapshots
    isTerminal = isatty(STDERR_FILENO) == 1
    canErase = !environment.isPlain
  }

  /// Says that the running cell was asked to stop, in the place of the line that shows its progress.
  func stopping(_ level: Interrupt.Level) {
    guard isTerminal else { return }
    let sentence =
      level == .pause
      ? Text("^C stopping after this step …", zh: "^C 这一步完成后停止……")
      : Text("^C abandoning this step …", zh: "^C 正在放弃这一步……")
    Descriptors.complain((canErase ? "\r\u{1B}[K" : "\n") + sentence(snapshots.current.language))
  }
}
