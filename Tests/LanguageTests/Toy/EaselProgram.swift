// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

/// A program of the folder `Programs` that states its own output: `# expect: …`, `# expect error: …`.
struct EaselProgram: Sendable, CustomTestStringConvertible {
  /// The path below `Programs`.
  let path: String
  let text: String

  var testDescription: String { path }

  /// What it must show, in order.
  var expected: [String] { comments("# expect: ") }

  /// How the summary of its error must begin; nil when it must run to the end.
  var expectedError: String? { comments("# expect error: ").first }

  private func comments(_ mark: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      line.range(of: mark).map { range in
        let rest = line[range.upperBound...]
        return String(rest.last == "\r" ? rest.dropLast() : rest)
      }
    }
  }

  /// All programs, by path.
  static let all: [EaselProgram] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Programs")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return paths.filter { $0.hasSuffix(".easel") }.sorted().map { path in
      let data = (try? Data(contentsOf: folder.appending(path: path))) ?? Data()
      return EaselProgram(path: path, text: String(decoding: data, as: UTF8.self))
    }
  }()
}

extension Substring {
  /// Where `text` stands first.
  func range(of text: String) -> Range<Index>? {
    let wanted = Array(text)
    var start = startIndex
    while start < endIndex {
      if self[start...].starts(with: wanted) { return start..<index(start, offsetBy: wanted.count) }
      start = index(after: start)
    }
    return nil
  }
}
