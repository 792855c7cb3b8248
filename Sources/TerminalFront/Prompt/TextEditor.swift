// SPDX-License-Identifier: Apache-2.0
import Glibc
import LineEditor

/// The user's own editor, for `%edit`.
enum TextEditor {
  /// Lets the user edit `text` and returns what they saved; nil when there is no editor or it failed.
  static func edit(_ text: String, telling renderer: TerminalRenderer) -> String? {
    guard let path = temporaryFile(holding: text) else { return nil }
    defer { unlink(path) }
    renderer.finishLine()
    guard run(path), let edited = contents(of: path) else {
      renderer.write("%edit: \(command) could not be run; set EDITOR\n")
      return nil
    }
    return String(edited.reversed().drop(while: \.isNewline).reversed())
  }

  private static var command: String {
    let environment = Environment.current()
    return environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
  }

  private static func temporaryFile(holding text: String) -> String? {
    let folder = Environment.current()["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/easel-XXXXXX.easel".utf8CString)
    let descriptor = mkstemps(&template, 6)
    guard descriptor >= 0 else { return nil }
    Writer(descriptor: descriptor).write(text + "\n")
    close(descriptor)
    return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  /// Runs the editor on `path` through the shell, since people put arguments into `EDITOR`.
  private static func run(_ path: String) -> Bool {
    SignalWatch.withSignals { system("\(command) '\(path)'") == 0 }
  }

  private static func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
