// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

extension Magic {
  static let save = Magic(
    "%save FILE",
    Text(
      "Saves this session: .easel the inputs that worked, .ipynb inputs and outputs, .md a page.",
      zh: "保存本次会话：.easel 为成功的输入，.ipynb 为输入与输出，.md 为文档。"),
    argument: .path
  ) { call in
    let path = FileBytes.expandingHome(call.argument)
    // The line that saves is not part of what is saved.
    let cells = call.session.record.cells.dropLast()
    let (text, summary) = try content(Array(cells), for: path, call)
    FileBytes.makeFolders(for: path)
    guard FileBytes.replace(path, with: Array(text.utf8)) else {
      let reason = String(cString: strerror(errno))
      throw Diagnostic(
        .file, Text("cannot write \(path): \(reason)", zh: "无法写入 \(path)：\(reason)"), span: call.span)
    }
    call.print(summary)
  }

  private static func content(
    _ cells: [RecordedCell], for path: String, _ call: MagicCall
  ) throws -> (text: String, summary: Text) {
    if path.hasSuffix(".easel") {
      let kept = cells.filter { $0.failure == nil && !isAboutTheSession($0.code) }
      let text = "# easel \(Release.version)\n" + kept.map { $0.code + "\n" }.joined()
      return (text, Text("saved \(kept.count) inputs to \(path)", zh: "已将 \(kept.count) 条输入保存到 \(path)"))
    }
    if path.hasSuffix(".ipynb") {
      let notebook = NotebookFile(cells: cells)
      let text = notebook.text
      let (pictures, size) = (notebook.pictureCount, ByteCount.text(text.utf8.count))
      return (
        text,
        Text(
          "saved \(cells.count) inputs with outputs (\(pictures) pictures, \(size)) to \(path)",
          zh: "已将 \(cells.count) 条输入及输出（\(pictures) 幅图，\(size)）保存到 \(path)")
      )
    }
    if path.hasSuffix(".md") {
      return (
        MarkdownFile(cells: cells).text,
        Text("saved \(cells.count) inputs to \(path)", zh: "已将 \(cells.count) 条输入保存到 \(path)")
      )
    }
    throw call.mistake(
      Text("%save wants a name that ends in .easel, .ipynb or .md", zh: "%save 需要以 .easel、.ipynb 或 .md 结尾的文件名"),
      help: [.init(code: "%save session.easel")])
  }

  /// Whether an input only looked at the session: help, history, saving.
  private static func isAboutTheSession(_ code: String) -> Bool {
    let line = code.drop { $0.isWhitespace }
    return line.hasPrefix("?") || line.hasSuffix("?")
      || ["%save", "%history", "%edit", "%who", "%tour", "%doctor", "%recipe", "%verify"].contains {
        line.hasPrefix($0)
      }
  }
}

/// A number of bytes as people read it.
enum ByteCount {
  static func text(_ count: Int) -> String {
    switch count {
    case ..<1_000: "\(count) B"
    case ..<1_000_000: "\((count + 500) / 1_000) KB"
    default: "\(count / 1_000_000).\(count % 1_000_000 / 100_000) MB"
    }
  }
}
