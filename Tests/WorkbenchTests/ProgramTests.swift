// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing

/// Programs in the language that say what they show, in lines `# expect: …` in the order of the output.
///
/// `# expect~ …` wants a line that contains the text.
@Suite struct ProgramTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Programs")

  static let programs: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".easel") }.sorted()
  }()

  @Test("A program shows what it says it shows", arguments: programs)
  func shows(program: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: program))
    let text = String(decoding: data, as: UTF8.self)
    let shown = Bench().summarised(text).filter { !$0.allSatisfy(\.isWhitespace) }
    let expected = text.split(separator: "\n").compactMap(Expectation.init)
    #expect(!expected.isEmpty, "\(program) expects nothing")
    for (index, expectation) in expected.enumerated() {
      guard index < shown.count else {
        Issue.record("\(program): nothing shown for \(expectation.text)")
        return
      }
      guard expectation.isMet(by: shown[index]) else {
        Issue.record(
          "\(program), line \(index + 1) of the output\n  expected: \(expectation.text)\n  found:    \(shown[index])")
        return
      }
    }
    #expect(
      shown.count == expected.count, "\(program) shows more: \(shown.dropFirst(expected.count).joined(separator: "\n"))"
    )
  }

  @Test("There are programs")
  func found() { #expect(Self.programs.count >= 5) }
}

private struct Expectation {
  let text: String
  let isPart: Bool

  init?(_ line: Substring) {
    let line = line.drop { $0 == " " }
    if let range = line.firstRange(of: "# expect: ") {
      text = String(line[range.upperBound...])
      isPart = false
    } else if let range = line.firstRange(of: "# expect~ ") {
      text = String(line[range.upperBound...])
      isPart = true
    } else {
      return nil
    }
  }

  func isMet(by shown: String) -> Bool {
    isPart ? shown.contains(text) : shown.drop { $0 == " " } == text
  }
}
