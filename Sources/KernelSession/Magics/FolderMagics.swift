// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

extension Magic {
  static let ls = Magic("%ls [folder]", Text("Lists a folder.", zh: "列出文件夹内容。"), argument: .path) { call in
    let folder = call.argument.isEmpty ? "." : FileBytes.expandingHome(call.argument)
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    guard access(prefix, R_OK) == 0 else { throw failure("read", "读取", folder, call) }
    let names = PathCompletion.matches(prefix).map { String($0.text.dropFirst(prefix.count)) }
    call.print(names.joined(separator: "\n"))
  }

  static let cd = Magic("%cd folder", Text("Changes the working folder.", zh: "切换工作文件夹。"), argument: .path) { call in
    let folder = FileBytes.expandingHome(call.argument.isEmpty ? "~" : call.argument)
    guard chdir(folder) == 0 else { throw failure("enter", "进入", folder, call) }
    call.print(currentFolder)
  }

  static let pwd = Magic("%pwd", Text("Says which folder paths start from.", zh: "显示当前工作文件夹。")) { call in
    call.print(currentFolder)
  }

  static let version = Magic("%version", Text("Says which version this is.", zh: "显示版本。")) { call in
    call.print("easel \(Release.version)")
  }

  private static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  private static func failure(_ verb: String, _ chinese: String, _ folder: String, _ call: MagicCall) -> Diagnostic {
    let reason = String(cString: strerror(errno))
    return Diagnostic(
      .file, Text("cannot \(verb) \(folder): \(reason)", zh: "无法\(chinese) \(folder)：\(reason)"), span: call.span)
  }
}
