// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

/// Texts that nobody should type; each gives a value or an error, never a crash.
private let hostile: [(name: String, text: String)] = [
  ("NUL", "x = \0 1"), ("NUL in a string", "x = \"a\0b\""), ("control characters", "\u{1B}[31m1"),
  ("replacement characters", "x\u{FFFD} = 1"), ("lone marks", "\u{301}\u{301}"), ("emoji", "🙂 = 1"),
  ("right to left", "א = 1; א"), ("byte order mark", "\u{FEFF}1 + 1"), ("carriage returns", "1 + 1\r\n2\r3"),
  ("open parentheses", String(repeating: "(", count: 100_000)),
  ("open brackets", String(repeating: "[", count: 100_000)),
  ("open braces", "if a " + String(repeating: "{ if a ", count: 50_000)),
  ("balanced parentheses", String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)),
  ("minus signs", String(repeating: "-", count: 100_000) + "1"),
  ("nots", String(repeating: "not ", count: 50_000) + "1"),
  ("powers", String(repeating: "2 ** ", count: 50_000) + "1"),
  ("lambdas", String(repeating: "x -> ", count: 50_000) + "1"),
  ("conditions", String(repeating: "1 if 0 else ", count: 50_000) + "1"),
  ("pipes", "1" + String(repeating: " |> f", count: 50_000)),
  ("sums", "1" + String(repeating: " + 1", count: 100_000)), ("fields", "x" + String(repeating: ".f", count: 100_000)),
  ("calls", "f" + String(repeating: "()", count: 100_000)), ("commas", String(repeating: "1,", count: 100_000) + "1"),
  ("elses", "if a { }" + String(repeating: " else if a { }", count: 20_000)),
  ("semicolons", String(repeating: ";", count: 50_000)),
  ("newlines", String(repeating: "\n", count: 50_000)), ("comment", "#" + String(repeating: "x", count: 1_000_000)),
  ("name", String(repeating: "x", count: 1_000_000)), ("digits", String(repeating: "9", count: 100_000)),
  ("decimals", "0." + String(repeating: "9", count: 100_000)), ("exponent", "1e99999999999"),
  ("size", String(repeating: "8x", count: 50_000) + "8"),
  ("string", "x = \"" + String(repeating: "数", count: 100_000) + "\";"),
  ("open string", "\"" + String(repeating: "a", count: 1_000_000)),
  ("f-string", "f\"" + String(repeating: "{1}", count: 50_000) + "\";"), ("nested f-strings", "f\"{f'{f\"{1}\"}'}\""),
  ("question marks", String(repeating: "?", count: 1000)), ("percent signs", String(repeating: "%", count: 1000)),
  ("backslashes", String(repeating: "\\", count: 1000)), ("quotes", String(repeating: "\"'", count: 1001)),
  ("full-width", String(repeating: "（", count: 1000)), ("comparison", "1" + String(repeating: " < 2", count: 20_000)),
  ("ands", "1" + String(repeating: " and 1", count: 20_000)),
  ("list", "x = [" + String(repeating: "1, ", count: 50_000) + "];"),
  ("width of a format", "f\"{1:999999999999}\""), ("precision of a format", "f\"{1:.999999999}\""),
  ("many fields", "x = (" + (0..<20_000).map { "a\($0)=1, " }.joined() + ")"),
  ("many parameters", "def f(" + (0..<20_000).map { "a\($0), " }.joined() + ") = 1"),
  ("many names in a loop", "for i in range(1) {\n" + (0..<5_000).map { "a\($0) = 1\n" }.joined() + "}"),
  ("subscripts", "x[" + String(repeating: "[", count: 10_000)),
  ("colons", "x[" + String(repeating: ":", count: 10_000) + "]"),
]

@Test(arguments: hostile.map(\.name))
func aHostileTextGivesAValueOrAnError(_ name: String) throws {
  let text = try #require(hostile.first { $0.name == name }).text
  let bench = Bench()
  let error = bench.run(text)
  for language in MessageLanguage.allCases {
    let context = DisplayContext(language: language, canvas: TerminalCanvas(columns: 80))
    let lines = error?.lines(context) ?? []
    #expect(lines.count <= 12)
    for line in lines { #expect(DisplayWidth.columns(of: line) <= 80, "\(line)") }
  }
  _ = Parser.completeness(of: text, grammar: bench.evaluator.table.grammar)
}

@Test func bytesThatAreNoUTF8AreReplaced() {
  let bytes: [UInt8] = [0x78, 0xFF, 0xFE, 0x3D, 0x31, 0xC3, 0x28, 0xF0, 0x9F]
  let text = String(decoding: bytes, as: UTF8.self)
  #expect(Bench().run(text)?.kind == .syntax)
}

@Test func endlessRecursionIsAnErrorThatKeepsTheSession() {
  let bench = Bench()
  let error = bench.run("def f(n) { 1 + f(n + 1) }\nf(0)")
  #expect(error?.kind == .state)
  #expect(error?.chain.last == "f(0)")
  #expect(bench.shown("1 + 1") == ["2"])
}

@Test(arguments: [
  "repeat { }", "while True { }", "x = 0\nrepeat { x = x + 1 }", "for i in range(1000000000000) { }",
  "[i for i in range(1000000000000) if False]", "sum(range(1000000000000))", "def f() { repeat { } }\nf()",
  "list(map(range(1000000), x -> x))", "any(map(range(1000000000000), x -> False))",
])
func anInfiniteLoopStopsWhenTheUserWantsIt(_ text: String) {
  let bench = Bench()
  bench.console.patience = 50
  #expect(bench.run(text)?.kind == .interrupted)
}

@Test func anInterruptionKeepsVariables() {
  let bench = Bench()
  bench.console.patience = 30
  #expect(bench.run("x = 0\nrepeat { x += 1 }")?.kind == .interrupted)
  bench.console.patience = nil
  #expect(bench.shown("x > 0") == ["True"])
}

@Test func aChangedListIsNotLostWhenItsElementCannotBeSet() {
  let bench = Bench()
  #expect(bench.run("xs = [1, 2]\nxs[9] = 3")?.kind == .index)
  #expect(bench.shown("xs") == ["[1, 2]"])
  #expect(bench.run("xs[0:1] = 3")?.kind == .type)
  #expect(bench.shown("xs") == ["[1, 2]"])
}

@Test func doublingStopsAtTheLimit() {
  #expect(Bench().run("x = \"ab\"\nrepeat { x = x + x }")?.kind == .value)
  #expect(Bench().run("x = [0] * 1000000\nrepeat { x = x + x }")?.kind == .value)
}

@Test(arguments: [
  "x = [0]\nfor i in range(60) { x = [x, x] }", "x = (a=1)\nfor i in range(60) { x = (a=x, b=(x, x)) }",
])
func sharedValuesDoNotGrowWithoutEnd(_ text: String) {
  #expect(Bench().run(text)?.kind == .value)
}

@Test func comparingLargeSharedValuesCanBeInterrupted() {
  let bench = Bench()
  bench.run("x = [[0] * 100]\nfor i in range(20) { x = x + x }\ny = [[0] * 100]\nfor i in range(20) { y = y + y }")
  bench.console.patience = 1000
  #expect(bench.run("x == y")?.kind == .interrupted)
}

@Test func whatIsPrintedHasALimit() {
  let bench = Bench()
  let lines = bench.shown("x = list(range(2000000)); print(x)")
  #expect(lines.count == 1)
  #expect(lines[0].utf8.count < 4_100_000)
  #expect(lines[0].hasSuffix("more]"))
}

@Test func noLineOfAListIsWiderThanTheTerminal() {
  let bench = Bench()
  bench.console.canvas.columns = 40
  for line in bench.shown("[\"a long text that fills a line\", 123456789, 123456789, \"另一段较长的文字\"]") {
    #expect(DisplayWidth.columns(of: line) <= 40)
  }
  #expect(bench.shown("x = [\"a long text that fills a line\", 123456789, 123456789]").allSatisfy { $0.count <= 40 })
}
