// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import Tensors

/// Fetches a file through the system's `curl`.
///
/// An external program, because it brings TLS, proxies and certificates as the machine's owner has set them up, and
/// because Easel itself then needs no network code at all. Called only when a person asks for a download.
enum Download {
  /// Seconds after which a mirror counts as silent.
  private static let timeLimit = "120"

  /// The contents behind `address`, as they are; or why there are none.
  static func contents(of address: String, through folder: String) throws(DatasetError) -> [UInt8] {
    let file = "\(folder)/download.\(getpid()).part"
    defer { unlink(file) }
    let arguments = [
      "curl", "--fail", "--silent", "--show-error", "--location", "--max-time", timeLimit, "--output", file, address,
    ]
    let code = try run(arguments)
    guard code == 0 else {
      throw .downloadFailed(name: address, reasons: [reason(for: code)])
    }
    return try FileBytes.readAsStored(file)
  }

  /// Runs a program found on the PATH, with its output thrown away, and waits for it.
  private static func run(_ arguments: [String]) throws(DatasetError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var process: pid_t = 0
    let strings = arguments.map { strdup($0) }
    // Proxies and certificates are set there.
    let settings = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") }
    defer { for string in strings + settings { free(string) } }
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, strings + [nil], settings + [nil])
    guard failure == 0 else {
      throw .downloadFailed(name: arguments.last ?? "", reasons: ["curl: \(String(cString: strerror(failure)))"])
    }
    return try ending(of: process)
  }

  /// Waits for a program's end; one that is interrupted is ended and leaves nothing.
  private static func ending(of process: pid_t) throws(DatasetError) -> Int32 {
    var status: Int32 = 0
    while true {
      if Compute.interruptCheck?() == true {
        kill(process, SIGTERM)
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        throw .tensor(.interrupted)
      }
      let ended = waitpid(process, &status, WNOHANG)
      // The low seven bits are the signal that ended it, the next byte its exit code.
      if ended == process { return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1 }
      if ended < 0 && errno != EINTR { return -1 }
      usleep(10_000)
    }
  }

  private static func reason(for code: Int32) -> String {
    switch code {
    case 6: "the host's name is not known (no network?)"
    case 7: "no connection"
    case 22: "the server has no such file"
    case 28: "no answer in time"
    case 35, 60: "the connection is not secure"
    case -1: "stopped"
    default: "exit code \(code)"
    }
  }
}
