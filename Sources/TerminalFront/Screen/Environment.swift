// SPDX-License-Identifier: Apache-2.0
import Glibc
public import Language

/// What the process was told about its terminal, before anything is asked of the terminal itself.
public struct Environment: Sendable {
  /// The environment's variables.
  public var variables: [String: String]
  /// Whether output goes to a terminal.
  public var isTerminal: Bool

  /// Makes an environment.
  public init(variables: [String: String], isTerminal: Bool) {
    self.variables = variables
    self.isTerminal = isTerminal
  }

  /// The environment of this process, with output on `descriptor`.
  public static func current(output descriptor: Int32 = 1) -> Environment {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let pair = String(cString: pointer).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return Environment(variables: variables, isTerminal: isatty(descriptor) == 1)
  }

  /// A variable that is set and not empty.
  subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// Whether control codes mean nothing here: no terminal, or a dumb one.
  public var isPlain: Bool { !isTerminal || self["TERM"] == nil || self["TERM"] == "dumb" }

  /// The colours of text.
  ///
  /// `NO_COLOR` beats `FORCE_COLOR` and `CLICOLOR_FORCE`; these bring colour to a pipe too.
  func colour(_ choice: Appearance.ColourChoice) -> TerminalCanvas.Colour {
    switch choice {
    case .never: return .none
    case .always: return depth
    case .auto:
      if self["NO_COLOR"] != nil { return .none }
      let isForced = ["FORCE_COLOR", "CLICOLOR_FORCE"].contains { (self[$0] ?? "0") != "0" }
      return isForced || !isPlain ? depth : .none
    }
  }

  private var depth: TerminalCanvas.Colour {
    let term = self["TERM"] ?? ""
    if ["truecolor", "24bit"].contains(self["COLORTERM"] ?? "") || term.hasSuffix("-direct") || term == "xterm-kitty" {
      return .full
    }
    return term.contains("256color") ? .palette : .sixteen
  }

  /// Whether the locale speaks UTF-8; nil when the environment names none.
  var localeSpeaksUTF8: Bool? {
    guard let locale = self["LC_ALL"] ?? self["LC_CTYPE"] ?? self["LANG"] else { return nil }
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// The language that people read: `LC_ALL`, `LC_MESSAGES`, `LANG` in this order.
  public var messageLanguage: MessageLanguage {
    let locale = self["LC_ALL"] ?? self["LC_MESSAGES"] ?? self["LANG"] ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }

  /// Whether the terminal is a window inside tmux or screen, which hide what the outer terminal can draw.
  var isMultiplexed: Bool {
    self["TMUX"] != nil || ["tmux", "screen"].contains { (self["TERM"] ?? "").hasPrefix($0) }
  }
}
