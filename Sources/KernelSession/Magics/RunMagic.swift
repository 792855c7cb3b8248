// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

extension Magic {
  static let run = Magic(
    "%run FILE", Text("Runs a program in this session.", zh: "在本次会话中运行一个程序。"), argument: .path
  ) { call in
    let session = call.session
    guard !call.argument.isEmpty else {
      throw call.mistake(Text("%run wants a file", zh: "%run 需要文件名"), help: [.init(code: "%run program.easel")])
    }
    guard session.runDepth < depthLimit else {
      throw Diagnostic(
        .state, Text("%run inside %run \(depthLimit) deep", zh: "%run 嵌套超过 \(depthLimit) 层"), span: call.span)
    }
    let path = FileBytes.expandingHome(call.argument)
    guard let bytes = FileBytes.read(path, limit: sizeLimit) else {
      let reason = String(cString: strerror(errno))
      throw Diagnostic(
        .file, Text("cannot read \(path): \(reason)", zh: "无法读取 \(path)：\(reason)"), span: call.span)
    }
    session.runDepth += 1
    defer { session.runDepth -= 1 }
    var text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("#!") { text = "#" + text }
    let source = SourceText(text, name: path, isFile: true)
    try call.evaluator.run(source, options: Evaluator.Options(echoesAssignments: false))
  }

  /// How deep programs may run each other.
  private static let depthLimit = 20
  /// The most bytes of a program.
  private static let sizeLimit = 64 << 20
}
