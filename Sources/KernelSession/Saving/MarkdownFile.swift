// SPDX-License-Identifier: Apache-2.0
import Language

/// A session as a Markdown page: each input with its output below it, as text.
struct MarkdownFile {
  let cells: [RecordedCell]

  /// The text of the file.
  var text: String {
    cells.map { cell in
      let shown = (cell.outputs.map(MarkdownFile.plain) + [cell.failure?.lines.joined(separator: "\n") ?? ""])
        .filter { !$0.isEmpty }
      let output = shown.isEmpty ? "" : "\n" + fenced(shown.joined(separator: "\n"), "text")
      return fenced(cell.code, "easel") + output
    }.joined(separator: "\n")
  }

  /// The fence is longer than any in the text.
  private func fenced(_ text: String, _ language: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  private static func plain(_ output: Output) -> String {
    switch output {
    case .text(let text, _): text.last == "\n" ? String(text.dropLast()) : text
    case .note(let line): line
    case .display(let display, _), .result(let display, _): display.plain
    case .update, .progress, .clear: ""
    }
  }
}
