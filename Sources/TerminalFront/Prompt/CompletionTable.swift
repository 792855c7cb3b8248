// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language

/// The list under the line when more than one completion fits: what, which kind, how it is called.
struct CompletionTable {
  /// The completions in their order.
  let matches: [Completion.Match]
  /// The terminal.
  let canvas: TerminalCanvas
  /// The language of the remark about those that are left out.
  let language: MessageLanguage

  /// The list, each line ended by a newline; one column with signatures while they fit, else several of names.
  var text: String {
    let limit = max(3, canvas.rows - 3)
    let lines = matches.count <= limit ? detailed : compact
    guard lines.count > limit else { return lines.map { $0 + "\n" }.joined() }
    let left = lines.count - limit + 1
    let more = (canvas.unicode ? "… " : "... ") + Text("\(left) more lines", zh: "还有 \(left) 行")(language)
    return (lines.prefix(limit - 1) + [more]).map { $0 + "\n" }.joined()
  }

  private var detailed: [String] {
    let nameWidth = min(30, matches.map { DisplayWidth.columns(of: $0.text) }.max() ?? 0)
    let kindWidth = matches.map { DisplayWidth.columns(of: word($0.kind)) }.max() ?? 0
    return matches.map { match in
      let kind = word(match.kind)
      let line = "  " + padded(match.text, nameWidth) + "  " + padded(kind, kindWidth) + "  " + match.signature
      return DisplayWidth.prefix(of: String(line.reversed().drop { $0 == " " }.reversed()), columns: canvas.columns - 1)
    }
  }

  private var compact: [String] {
    let width = (matches.map { DisplayWidth.columns(of: $0.text) }.max() ?? 0) + 2
    let perLine = max(1, (canvas.columns - 2) / width)
    let lineCount = (matches.count + perLine - 1) / perLine
    return (0..<lineCount).map { line in
      let inLine = stride(from: line, to: matches.count, by: lineCount).map { padded(matches[$0].text, width) }
      return DisplayWidth.prefix(of: "  " + inLine.joined(), columns: canvas.columns - 1)
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: text)))
  }

  private func word(_ kind: Completion.Kind) -> String {
    switch kind {
    case .function: canvas.unicode ? "ƒ" : "fn"
    case .verb: "verb"
    case .constructor: "makes"
    case .dataset: "data"
    default: kind.rawValue
    }
  }
}
