// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing
import Workbench

/// The reference in `protocol/language` is what the table of builtins says today.
@Suite struct ReferenceTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../protocol/language").standardizedFileURL

  @Test("The reference page and the list of builtins are current")
  func current() throws {
    let table = WorkbenchTable.make()
    try compare(table.referenceMarkdown(.english), "reference.md")
    try compare(table.referenceMarkdown(.chinese), "reference.zh.md")
    try compare(table.referenceJSON(), "builtins.json")
  }

  /// Compares a text with a file; `UPDATE_GOLDEN=1` writes the file instead.
  private func compare(_ text: String, _ name: String) throws {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      return
    }
    let found = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(found == text, "\(name) is out of date; UPDATE_GOLDEN=1 writes it")
  }
}
