// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

// SPDX-License-Identifier: Apache-2.0
@testable import Language

/// The examples of every core builtin, as cases of one test.
private let examples: [(name: String, example: Example)] = CoreBuiltins.all.flatMap { builtin in
  builtin.examples.map { (builtin.name, $0) }
}

@Test(arguments: examples.map(\.example.code))
func anExampleOfTheCoreRunsAndShowsWhatItSays(_ code: String) throws {
  let example = try #require(examples.first { $0.example.code == code }).example
  let bench = Bench(BuiltinTable())
  if let given = example.given { bench.run(given) }
  let lines = bench.shown(example.code)
  #expect(bench.evaluator.lastError == nil, "\(lines)")
  if let shows = example.shows { #expect(lines.joined(separator: "\n").contains(shows)) }
}

@Test func everyCoreBuiltinIsDescribedInBothLanguages() {
  for builtin in CoreBuiltins.all {
    #expect(!builtin.examples.isEmpty, "\(builtin.name)")
    for text in [builtin.text] + builtin.parameters.map(\.text) {
      #expect(!text.english.isEmpty && text.english.hasSuffix("."), "\(builtin.name): \(text.english)")
      #expect(
        text.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) },
        "\(builtin.name): \(text.chinese)")
    }
  }
}

@Test func noTwoVariantsOfACoreBuiltinTakeTheSameFirstArgument() {
  let samples: [Value] = [.nothing, .bool(true), .int(1), .float(1.5), .string("a"), .list([.int(1)]), .tuple([])]
  let table = BuiltinTable()
  for name in table.names where table.variants(named: name).count > 1 {
    for sample in samples {
      let taking = table.variants(named: name).filter { $0.parameters.first?.accepts(sample) ?? false }
      // A whole number is also a number: the variant for whole numbers comes first.
      let allowed = if case .int = sample { 2 } else { 1 }
      #expect(taking.count <= allowed, "\(name) of \(sample.typeName)")
    }
  }
}

@Test func theReferenceOfTheCoreIsGeneratedFromItsTable() {
  let table = BuiltinTable()
  expectGolden(table.referenceMarkdown(.english), "core-reference-en.md")
  expectGolden(table.referenceMarkdown(.chinese), "core-reference-zh.md")
  expectGolden(table.referenceJSON(), "core-reference.json")
}

@Test func helpFindsBuiltinsGroupsTopicsAndTypes() throws {
  let table = BuiltinTable.toys
  let context = DisplayContext()
  #expect(try #require(table.help(on: "range", context)).plain.hasPrefix("range(n, stop=None, step=1)\n"))
  #expect(try #require(table.help(on: "print", context)).plain.contains("★ verb"))
  #expect(try #require(table.help(on: "sorted", context)).plain.hasPrefix("sorted(xs"))
  #expect(try #require(table.help(on: "values", context)).plain.hasPrefix("Values and sequences"))
  #expect(try #require(table.help(on: "Machine", context)).plain.contains("step") == false)
  #expect(try #require(table.help(on: "shapeerror", context)).plain.hasPrefix("ShapeError"))
  #expect(try #require(table.help(on: "", context)).plain.contains("?toys"))
  #expect(table.help(on: "nothing of the kind", context) == nil)
  #expect(table.noHelp(on: "rnage").help.first?.code == "?range")
}

@Test func theHelpOnPythonHasAtLeast40Lines() throws {
  for language in MessageLanguage.allCases {
    let page = try #require(BuiltinTable().help(on: "python", DisplayContext(language: language)))
    #expect(page.plain.split(separator: "\n").count >= 40)
  }
}

@Test func helpFitsTheTerminal() throws {
  for name in BuiltinTable.toys.names {
    for language in MessageLanguage.allCases {
      let context = DisplayContext(language: language, canvas: TerminalCanvas(columns: 60))
      let page = try #require(BuiltinTable.toys.help(on: name, context))
      // An example stands as it is typed.
      let codes = BuiltinTable.toys.variants(named: name).flatMap { $0.examples.map(\.code) }
      for line in page.plain.split(separator: "\n") where !codes.contains(where: { line.hasSuffix($0) }) {
        #expect(DisplayWidth.columns(of: String(line)) <= 60, "\(line)")
      }
    }
  }
}
