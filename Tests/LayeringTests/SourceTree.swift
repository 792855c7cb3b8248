// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The checkout as files: what the layering rules are checked against.
struct SourceTree {
  let root: URL

  /// The checkout that this file stands in.
  init(file: String = #filePath) {
    root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The targets under `Sources`; processor levels that are links to another target's folder are left out.
  func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
      .filter { !isLink("Sources/\($0)") }.sorted()
  }

  /// Every Swift file below `folder`, with its path from the top.
  func swiftFiles(below folder: String) throws -> [(path: String, text: String)] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") && !isLink("\(folder)/\($0)") }.sorted()
      .map { ("\(folder)/\($0)", try text("\(folder)/\($0)")) }
  }

  private func isLink(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: root.appendingPathComponent(path).path)
    return attributes?[.type] as? FileAttributeType == .typeSymbolicLink
  }
}
