// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import JupyterFront
import JupyterProtocol
import KernelSession

/// `easel kernel`: what `kernel.json` starts.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Serve Jupyter clients, where a connection file says.",
    discussion: "Clients start this themselves once 'easel install' has run. EASEL_LOG=debug|info|warning|error sets "
      + "how much goes to standard error.")

  @Option(name: [.customLong("connection-file"), .customShort("f")], help: "The file that the client wrote.")
  var connectionFile: String

  func run() throws {
    do {
      let file = try ConnectionFile(path: connectionFile)
      try leave(serve(file))
    } catch let error as ConnectionFileError {
      complain("\(connectionFile): \(error)")
    } catch let error as KernelError {
      complain("\(error)")
    }
    throw ExitCode(1)
  }

  private func serve(_ file: ConnectionFile) throws(KernelError) -> Int32 {
    var options = KernelServer.Options(version: Release.version)
    options.logLevel = environment("EASEL_LOG").flatMap(Log.Level.init) ?? .warning
    options.sendsUnlimited = environment("EASEL_IOPUB_RATE") == "unlimited"
    options.allowsTraps = environment("EASEL_TRAPS") == "1"
    options.parent = environment("JPY_PARENT_PID")
    options.crashNote = connectionFile + ".crash"
    return try KernelServer(file, options: options).run(makeSession: SessionAssembly.makeForKernel)
  }

  private func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Ends the process at once: a cell that does not stop must not keep it.
  private func leave(_ code: Int32) -> Never {
    _exit(code)
  }

  private func complain(_ sentence: String) {
    Descriptors.complain("easel kernel: " + sentence.split(separator: "\n").joined(separator: " "))
  }
}
