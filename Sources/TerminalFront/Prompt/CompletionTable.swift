// SPDX-License-Identifier: Apache-2.0
import KernelSession
import LineEditor

/// The list under the line when more than one completion fits: what, which kind, how it is called.
struct CompletionTable {
  /// The completions in their order.
  let matches: [Completion.Match]
  /// The width of the terminal.
  let columns: Int
  /// How many lines may be used.
  let rows: Int

  /// The list, each line ended by a newline; one column with signatures while they fit, else several of names.
  var text: String {
    let limit = max(3, rows - 3)
    let lines = matches.count <= limit ? detailed : compact
    guard lines.count > limit else { return lines.map { $0 + "\n" }.joined() }
    let more = "… \(lines.count - limit + 1) more lines"
    return (lines.prefix(limit - 1) + [more]).map { $0 + "\n" }.joined()
  }

  private var detailed: [String] {
    let nameWidth = min(30, matches.map { Terminal.width(of: $0.text) }.max() ?? 0)
    let kindWidth = matches.map { CompletionTable.word($0.kind).utf8.count }.max() ?? 0
    return matches.map { match in
      let kind = CompletionTable.word(match.kind)
      let line = "  " + padded(match.text, nameWidth) + "  " + padded(kind, kindWidth) + "  " + match.signature
      return ProgressLine.cut(String(line.reversed().drop { $0 == " " }.reversed()), to: columns - 1)
    }
  }

  private var compact: [String] {
    let width = (matches.map { Terminal.width(of: $0.text) }.max() ?? 0) + 2
    let perLine = max(1, (columns - 2) / width)
    let lineCount = (matches.count + perLine - 1) / perLine
    return (0..<lineCount).map { line in
      let inLine = stride(from: line, to: matches.count, by: lineCount).map { padded(matches[$0].text, width) }
      return ProgressLine.cut("  " + inLine.joined(), to: columns - 1)
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Terminal.width(of: text)))
  }

  private static func word(_ kind: Completion.Kind) -> String {
    switch kind {
    case .function: "ƒ"
    case .verb: "verb"
    case .constructor: "makes"
    case .dataset: "data"
    default: kind.rawValue
    }
  }
}
