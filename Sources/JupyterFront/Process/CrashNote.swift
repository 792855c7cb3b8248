// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

/// What a kernel that crashes leaves for the one that takes its place.
struct CrashNote: Sendable {
  private let path: String

  /// The note beside a connection file, which a restart uses again.
  init?(path: String?) {
    guard let path else { return nil }
    self.path = path
  }

  /// Leaves a note.
  func leave(_ reason: String) {
    Descriptor(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600))?.write(Array(reason.utf8))
  }

  /// Takes the note that the kernel before has left, if it crashed.
  func take() -> String? {
    guard let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC)) else { return nil }
    unlink(path)
    return String(decoding: file.read(limit: 1000), as: UTF8.self)
  }

  /// What the first cell after a crash says.
  static func sentence(_ reason: String) -> Text {
    Text(
      "note: the kernel before this one stopped: \(reason); its variables are gone\n",
      zh: "注意：上一个内核已停止：\(reason)；其中的变量已丢失\n")
  }
}
