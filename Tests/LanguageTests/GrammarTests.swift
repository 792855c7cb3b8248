// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

/// The package's folder.
private let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private func text(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: package.appending(path: path)), as: UTF8.self)
}

/// The rules of the grammar are the methods of the parser, in the same order.
@Test func eachRuleOfTheGrammarIsAMethodOfTheParser() throws {
  let grammar = try text("protocol/language/grammar.ebnf")
  let rules = grammar.split(separator: "\n").compactMap { line -> String? in
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard let first = line.first, first.isLetter, words.count > 1, words[1] == "=" else { return nil }
    return String(words[0])
  }
  var methods: [String] = []
  for facet in ["Statements", "Functions", "Commands", "Expressions", "Atoms", "Brackets"] {
    methods += try documentedMethods("Sources/Language/Syntax/Parser+\(facet).swift")
  }
  #expect(rules.count > 40)
  #expect(methods == rules)
}

/// The parse methods of a file: those whose comment starts with the rule that they read.
private func documentedMethods(_ path: String) throws -> [String] {
  var methods: [String] = []
  var readsRule = false
  for line in try text(path).split(separator: "\n", omittingEmptySubsequences: false) {
    let code = line.drop { $0 == " " }
    if code.hasPrefix("///") {
      readsRule = readsRule || code.hasPrefix("/// Reads `")
      continue
    }
    if readsRule, let start = code.range(of: "func ") {
      methods.append(String(code[start.upperBound...].prefix { $0 != "(" }).filter { $0 != "`" })
    }
    readsRule = false
  }
  return methods
}
