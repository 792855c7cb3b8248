// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language

/// A program cut into the inputs that a person would type: statements with their first line's number.
struct Program {
  /// One input.
  struct Input: Equatable {
    /// The code, without the newline at its end.
    let code: String
    /// The number of its first line, from 1.
    let line: Int
  }

  /// The inputs in order; empty lines between them are left out.
  let inputs: [Input]

  /// Cuts `code` where `isComplete` says that a statement may end.
  init(_ code: String, isComplete: (String) -> Bool) {
    var inputs: [Input] = []
    var pending: [Substring] = []
    var first = 1
    let lines = code.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      if pending.isEmpty {
        if line.allSatisfy(\.isWhitespace) { continue }
        first = index + 1
      }
      pending.append(line)
      let text = pending.joined(separator: "\n")
      let goesOn = lines.indices.contains(index + 1) && Program.continues(lines[index + 1])
      guard !goesOn, !text.hasPrefix("%%"), isComplete(text) else { continue }
      inputs.append(Input(code: text, line: first))
      pending = []
    }
    if !pending.isEmpty { inputs.append(Input(code: pending.joined(separator: "\n"), line: first)) }
    self.inputs = inputs
  }

  /// Whether a line belongs to the statement above it: a pipe, an `else`.
  private static func continues(_ line: Substring) -> Bool {
    let words = line.drop(while: \.isWhitespace)
    return words.hasPrefix("|>") || words == "else" || words.hasPrefix("else ") || words.hasPrefix("else{")
  }
}
