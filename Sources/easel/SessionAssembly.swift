// SPDX-License-Identifier: Apache-2.0
import JupyterFront
import KernelSession
import Language
import TerminalFront

/// Puts a session together: the only place where the language, the engine and a front meet.
enum SessionAssembly {
  /// A session on the terminal, pipe or file of this process.
  static func make(_ options: CommonOptions, _ terminal: TerminalParts, historyPath: String? = nil) -> Session {
    let capabilities = terminal.capabilities
    let session = Session(
      table: HostAssembly.table, services: HostAssembly.services(options),
      options: Session.Options(
        language: options.language, canvas: { capabilities.textCanvas }, historyPath: historyPath, showsPages: true,
        settings: terminal.settings, checks: { terminal.checks }))
    OperationWatch.attach(to: session.interrupt)
    return session
  }

  /// A session of a kernel, whose front draws nothing itself; only the main one remembers inputs.
  static func makeForKernel(_ shell: KernelServer.Shell) -> Session {
    let session = Session(
      table: HostAssembly.table, services: HostAssembly.services(),
      options: Session.Options(
        language: Environment.current().messageLanguage, historyPath: shell == .main ? Folders().kernelHistory : nil))
    OperationWatch.attach(to: session.interrupt)
    return session
  }
}
