// SPDX-License-Identifier: Apache-2.0
import Language

/// A session as a Jupyter notebook, format 4.5.
struct NotebookFile {
  let cells: [RecordedCell]

  /// How many pictures the notebook holds.
  var pictureCount: Int {
    cells.flatMap(\.outputs).reduce(0) { count, output in
      switch output {
      case .display(let display, _), .result(let display, _):
        count + (display.parts.contains { $0.type.hasPrefix("image/") } ? 1 : 0)
      default: count
      }
    }
  }

  /// The text of the file.
  var text: String {
    let cells = cells.enumerated().map { cell($1, id: "cell-\($0 + 1)") }
    return JSONText.object(
      [
        ("cells", JSONText.list(cells, indent: " ")), ("metadata", NotebookFile.metadata), ("nbformat", "4"),
        ("nbformat_minor", "5"),
      ], indent: "") + "\n"
  }

  private static let metadata = """
    {
      "kernelspec": {"display_name": "Easel", "language": "easel", "name": "easel"},
      "language_info": {
       "codemirror_mode": {"name": "ipython", "version": 3}, "file_extension": ".easel",
       "mimetype": "text/x-python", "name": "easel", "pygments_lexer": "ipython3"
      }
     }
    """

  private func cell(_ cell: RecordedCell, id: String) -> String {
    var outputs = cell.outputs.flatMap(NotebookFile.output)
    if let failure = cell.failure { outputs.append(NotebookFile.error(failure)) }
    // A cell that failed fails again; the tag lets the rest run.
    let metadata = cell.failure == nil ? "{}" : "{\"tags\": [\"raises-exception\"]}"
    return JSONText.object(
      [
        ("cell_type", "\"code\""), ("execution_count", String(cell.number)), ("id", JSONText.quoted(id)),
        ("metadata", metadata), ("outputs", JSONText.list(outputs, indent: "   ")),
        ("source", JSONText.lines(cell.code, indent: "   ")),
      ], indent: "  ")
  }

  private static func output(_ output: Output) -> [String] {
    switch output {
    case .text(let text, let stream): [streamed(text, stream.rawValue)]
    case .note(let line): [streamed(line + "\n", "stdout")]
    case .display(let display, _):
      [shown(display, [("output_type", "\"display_data\"")])] + captioned(display)
    case .result(let display, let count):
      [shown(display, [("execution_count", String(count)), ("output_type", "\"execute_result\"")])]
        + captioned(display)
    case .update, .progress, .clear: []
    }
  }

  /// Notebooks show a picture without its text, so the caption follows as printed text.
  private static func captioned(_ display: Display) -> [String] {
    let hasPicture = display.parts.contains { $0.type.hasPrefix("image/") }
    return hasPicture && !display.caption.isEmpty ? [streamed(display.caption + "\n", "stdout")] : []
  }

  private static func streamed(_ text: String, _ name: String) -> String {
    JSONText.object(
      [
        ("name", JSONText.quoted(name)), ("output_type", "\"stream\""), ("text", JSONText.lines(text, indent: "     ")),
      ], indent: "    ")
  }

  private static func shown(_ display: Display, _ pairs: [(String, String)]) -> String {
    var data = display.parts.map { ($0.type, content($0.content)) }
    data.append(("text/plain", JSONText.lines(display.plain, indent: "      ")))
    let sizes = display.parts.compactMap { part in part.picture.map { (part.type, picture($0)) } }
    return JSONText.object(
      [
        ("data", JSONText.object(data, indent: "     ")), ("metadata", JSONText.object(sizes, indent: "     ")),
      ] + pairs, indent: "    ")
  }

  private static func content(_ content: MIMEPart.Content) -> String {
    switch content {
    case .text(let text): JSONText.lines(text, indent: "      ")
    case .json(let json): json
    case .bytes(let bytes): JSONText.quoted(Base64.encode(bytes))
    }
  }

  private static func picture(_ picture: PictureMetadata) -> String {
    "{\"alt\": \(JSONText.quoted(picture.alt)), \"height\": \(picture.height), \"width\": \(picture.width)}"
  }

  private static func error(_ failure: Failure) -> String {
    let traceback = failure.colouredLines.map(JSONText.quoted)
    return JSONText.object(
      [
        ("ename", JSONText.quoted(failure.className)), ("evalue", JSONText.quoted(failure.message)),
        ("output_type", "\"error\""), ("traceback", JSONText.list(traceback, indent: "     ")),
      ], indent: "    ")
  }
}
