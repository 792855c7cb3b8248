// SPDX-License-Identifier: Apache-2.0
import Glibc
import TerminalFront

/// Where a program comes from.
enum ProgramSource: Sendable {
  /// The command line itself.
  case code(String)
  /// A file.
  case file(String)
  /// A pipe, or what is typed up to the end of the input.
  case standardInput

  /// What errors call it.
  var name: String {
    switch self {
    case .code: "-e"
    case .file(let path): path
    case .standardInput: ProgramRunner.standardInput
    }
  }

  /// The program; nil, with the reason in `errno`, when it cannot be read.
  func load() -> String? {
    switch self {
    case .code(let code): return code
    case .standardInput: return ProgramSource.text(of: STDIN_FILENO)
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      return ProgramSource.text(of: descriptor)
    }
  }

  private static func text(of descriptor: Int32) -> String? {
    Descriptors.contents(of: descriptor).map { String(decoding: $0, as: UTF8.self) }
  }
}
