// SPDX-License-Identifier: Apache-2.0
import TerminalFront

/// Where Easel keeps its files, by the rules of XDG.
struct Folders {
  private let variables: [String: String]

  init(_ environment: Environment = .current()) { variables = environment.variables }

  /// The program that runs before the first prompt.
  var initFile: String { folder("XDG_CONFIG_HOME", or: ".config") + "/init.easel" }

  /// What was typed at prompts.
  var history: String { folder("XDG_STATE_HOME", or: ".local/state") + "/history" }

  /// What was executed in notebooks.
  var kernelHistory: String { folder("XDG_STATE_HOME", or: ".local/state") + "/kernel-history" }

  /// Absolute paths only count, as the rules say; without a home everything lands in the working folder.
  private func folder(_ name: String, or standard: String) -> String {
    if let chosen = variables[name], chosen.hasPrefix("/") { return chosen + "/easel" }
    return (variables["HOME"] ?? ".") + "/" + standard + "/easel"
  }
}
