// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

// SPDX-License-Identifier: Apache-2.0
@testable import Language

/// Lines whose errors are pinned as they look at a prompt of 80 columns.
private let shown = [
  "bce(vector([1, 2]), vector([1]))", "errG = vector([1])\nerrG.backwards()", "for epoch in range(25):",
  "optimizer = torch.optim.Adam(D.parameters(), lr=2e-4)", "m = Machine()\nstep m 100 unti=errD < 0.1", "x = 1 / 0",
  "def inner(x) {\n  y = x / 0\n  y\n}\ndef outer(x) = inner(x) + 1\nouter(3)", "数据 = vector([1])\n数据 + vector([1, 2])",
  "show（未定义，“文字”）", "f(1", "x = \"abc", "GAN.z", "xs = [1, 2, 3]; xs[5]", "step m -1", "print(1, 2", "a = b = 1",
  "f = x -> x; f(1, 2)", "range(\"3\")", "a, b = [1, 2, 3]", "9223372036854775807 * 2", "def g(n) = g(n + 1)\ng(0)",
  "x = [" + String(repeating: "1, ", count: 60) + "nothing]", "plot [1, 2] titel=\"x\"", "m.lrr = 3",
]

@Test(arguments: [(MessageLanguage.english, "errors-en.txt"), (.chinese, "errors-zh.txt")])
func errorsLookAsTheyShould(_ language: MessageLanguage, _ file: String) {
  let context = DisplayContext(language: language, canvas: TerminalCanvas(columns: 80))
  var text = ""
  for line in shown {
    let bench = Bench()
    bench.run("m = Machine()")
    guard let error = bench.run(line) else { continue }
    // How deep recursion goes depends on the stack of the thread.
    let lines = error.lines(context).map {
      $0.contains("nested too deep") || $0.contains("嵌套过深") || $0.contains("← g") ? "(depth)" : $0
    }
    text +=
      ">> " + line.split(separator: "\n").joined(separator: "\n.. ") + "\n" + lines.joined(separator: "\n") + "\n\n"
  }
  expectGolden(text, file)
}

@Test func everyErrorHasAPlaceAndHelpThatCanBeTyped() {
  for line in shown {
    let bench = Bench()
    bench.run("m = Machine()")
    guard let error = bench.run(line) else {
      Issue.record("no error: \(line)")
      continue
    }
    #expect(error.source != nil)
    for code in error.help.compactMap(\.code) { expectTypeable(code) }
  }
}

@Test func theHelpOfEveryHabitCanBeTyped() {
  for habit in Habits.all {
    guard let ours = habit.ours, habit.place != .module,
      !["+= 1", "-= 1", "and", "or", "not", "**", "->", "==", "="].contains(ours)
    else { continue }
    expectTypeable(ours)
  }
}

/// Checks that a text is a program once its gaps are filled in.
private func expectTypeable(_ code: String) {
  let filled = (code.hasPrefix("else") ? "if y { } " + code : code).replacing("…", with: "None")
  let grammar = Grammar(verbs: ["step", "save", "train", "show", "plot", "print"], lazyParameters: ["until", "do"])
  #expect(Parser.completeness(of: filled, grammar: grammar) == .complete, "\(code)")
}

@Test(arguments: Diagnostic.Kind.allCases)
func everyClassIsExplainedInBothLanguages(_ kind: Diagnostic.Kind) {
  let page = ErrorPages.page(kind)
  #expect(page.english.count > 150)
  #expect(page.chinese.count > 60)
  #expect(page.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
  #expect(BuiltinTable.toys.help(on: kind.rawValue, DisplayContext()) != nil)
}

@Test func whyExplainsTheLastError() {
  let bench = Bench()
  #expect(bench.shown("why") == ["No error yet."])
  bench.run("1 / 0")
  #expect(bench.shown("why").first == "ValueError: division by zero")
  bench.console.language = .chinese
  #expect(bench.shown("why").first == "ValueError: 除以零")
}

@Test func coloursAddNothingButEscapeCodes() throws {
  let error = try #require(Bench().run("x = bce(vector([1, 2]), vector([1]))"))
  let plain = error.lines(DisplayContext())
  let coloured = error.lines(DisplayContext(canvas: TerminalCanvas(colour: .sixteen)))
  #expect(coloured[0].hasPrefix("\u{1B}[1;31mShapeError\u{1B}[0m: "))
  let stripped = coloured.map { line in
    line.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().map { index, piece in
      index == 0 ? String(piece) : String(piece.drop { $0 != "m" }.dropFirst())
    }.joined()
  }
  #expect(stripped == plain)
}

@Test func anErrorInAFileSaysWhere() {
  let bench = Bench()
  do throws(Diagnostic) {
    try bench.evaluator.run(SourceText("x = 1\n\ny = missing", name: "lesson.easel", isFile: true))
  } catch {
    #expect(error.lines(DisplayContext())[0] == "lesson.easel:3: NameError: no variable or function \"missing\"")
  }
}

@Test func anErrorInAFunctionOfAnEarlierInputShowsThatInput() throws {
  let bench = Bench()
  bench.run("def f(x) {\n  x / 0\n}")
  let error: Diagnostic?
  do throws(Diagnostic) {
    try bench.evaluator.run(SourceText("f(1)", name: "[2]"))
    error = nil
  } catch let thrown { error = thrown }
  let lines = try #require(error).lines(DisplayContext())
  #expect(lines.contains("  in [1]:"))
  #expect(lines.last == "  in f ← f(1)")
}
