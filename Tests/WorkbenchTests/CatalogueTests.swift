// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing

@testable import Workbench

/// What the engine says an argument needs is English; here each such phrase is held to have its Chinese.
@Suite struct CatalogueTests {
  static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardizedFileURL

  @Test("Every phrase of the engine about what is needed has a translation")
  func phrasesAreTranslated() throws {
    var found = 0
    for target in ["Tensors", "Layers", "Datasets", "Generative", "QualityMetrics"] {
      for text in try Self.texts(of: target) {
        for phrase in Self.phrases(in: text) {
          found += 1
          let isTranslated = Needs.translation(of: phrase) != nil || Self.isLanguageless(phrase)
          #expect(isTranslated, "\(target): \"\(phrase)\" has no translation in Needs")
        }
      }
    }
    #expect(found > 40, "the sources were not understood")
  }

  @Test("A phrase's values stand in its translation in their order")
  func valuesAreFilledIn() {
    #expect(Needs.translation(of: "0 … 4 (class \"cat\" has 5)") == "0 … 4（类别 \"cat\" 有 5 个）")
    #expect(Needs.translation(of: "a whole number from 1 to 9") == "1 到 9 的整数")
    #expect(Needs.translation(of: "something else") == nil)
  }

  /// Phrases of numbers, shapes and type names alone say the same in every language.
  private static func isLanguageless(_ phrase: String) -> Bool {
    let words = phrase.split { !$0.isLetter }.filter { $0.count > 2 }.map(String.init)
    return words.allSatisfy { ["f32", "i64", "bool", "7x7"].contains($0) }
  }

  /// The texts given as `needs:`, `allowed:`, `reason:` and `why:`, with values in place of interpolations.
  private static func phrases(in text: String) -> [String] {
    var phrases: [String] = []
    for label in ["needs: \"", "allowed: \"", "why: \""] {
      var rest = Substring(text)
      while let start = rest.firstRange(of: label) {
        rest = rest[start.upperBound...]
        if let phrase = literal(rest) { phrases.append(phrase) }
      }
    }
    return phrases
  }

  /// The literal that `text` continues with; nil when it is one interpolation, whose words come from elsewhere.
  private static func literal(_ text: Substring) -> String? {
    var result = ""
    var index = text.startIndex
    while index < text.endIndex, text[index] != "\"" {
      if text[index] == "\\" {
        let next = text.index(after: index)
        guard next < text.endIndex else { return nil }
        if text[next] == "(" {
          guard let end = closing(text, from: next) else { return nil }
          result += "7"
          index = text.index(after: end)
          continue
        }
        result.append(text[next])
        index = text.index(after: next)
        continue
      }
      result.append(text[index])
      index = text.index(after: index)
    }
    return result == "7" ? nil : result
  }

  private static func closing(_ text: Substring, from start: Substring.Index) -> Substring.Index? {
    var depth = 0
    var index = start
    while index < text.endIndex {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return index }
      index = text.index(after: index)
    }
    return nil
  }

  private static func texts(of target: String) throws -> [String] {
    let folder = sources.appending(path: target)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".swift") }.map {
      String(decoding: try Data(contentsOf: folder.appending(path: $0)), as: UTF8.self)
    }
  }

  @Test("Every page of help has both languages, and no line is wider than 120 columns")
  func pages() {
    #expect(Topics.all.count >= 9)
    for topic in Topics.all {
      for language in MessageLanguage.allCases {
        let lines = topic.body(language).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count >= 5, "\(topic.name)")
        for line in lines { #expect(DisplayWidth.columns(of: String(line)) <= 120, "\(topic.name): \(line)") }
      }
      #expect(topic.body(.english) != topic.body(.chinese))
    }
  }
}
