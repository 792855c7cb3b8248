// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Testing

/// A line with the cursor at `|`, and what must and must not be offered there.
struct CompletionCase: Sendable, CustomTestStringConvertible {
  let line: String
  let offered: [String]
  var missing: [String] = []
  var testDescription: String { line }

  init(_ line: String, _ offered: [String], not missing: [String] = []) {
    self.line = line
    self.offered = offered
    self.missing = missing
  }
}

struct CompletionTests {
  private static func session() -> Session {
    let session = Session.toy()
    session.run(
      "gan = Trainer(\"digits\")", "number = 5", "def twice(value, factor=2) = value * factor", "r = (alpha=1, beta=2)")
    return session
  }

  private static func complete(_ line: String, in session: Session) -> Completion {
    let cursor = line.lastIndex(of: "|") ?? line.endIndex
    let code = line[..<cursor] + line[cursor...].dropFirst()
    return session.snapshots.current.complete(String(code), at: line[..<cursor].utf8.count)
  }

  static let cases: [CompletionCase] = [
    .init("st|", ["step"], not: ["for", "gan"]),
    .init("|", ["step", "gan", "for", "Trainer"]),
    .init("gan.|", ["steps", "rate", "G", "D", "step", "undo"], not: ["pick", "number"]),
    .init("gan.st|", ["steps", "step"], not: ["rate"]),
    .init("x = gan.G.|", [], not: ["steps"]),
    .init("r.|", ["alpha", "beta"]),
    .init("number.|", [], not: ["steps"]),
    .init("nothere.|", [], not: ["step"]),
    .init("f(x).|", [], not: ["step"]),
    .init("step |", ["gan"], not: ["number", "twice"]),
    .init("step gan |", ["n=", "only=", "mode="], not: ["trainer="]),
    .init("step gan 5 |", ["only=", "mode="], not: ["n="]),
    .init("step gan mode=\"slow\" |", ["only=", "n="], not: ["mode="]),
    .init("step(gan, |", ["n=", "only="], not: ["trainer="]),
    .init("step(gan, o|", ["only="], not: ["n="]),
    .init("gan.step(|", ["n=", "only="], not: ["trainer="]),
    .init("gan |> step(|", ["n="], not: ["trainer="]),
    .init("step gan mode=|", ["\"fast\"", "\"slow\""]),
    .init("step gan mode=\"s|", ["slow"], not: ["fast"]),
    .init("step(gan, mode=\"|\")", ["slow", "fast"]),
    .init("step gan only=\"|", ["G", "D"]),
    .init("gan.step(only=\"|", ["G", "D"]),
    .init("Trainer(\"|", ["digits", "mnist"]),
    .init("Trainer(\"mn|", ["mnist"], not: ["digits"]),
    .init("Trainer(data=\"|", ["digits", "mnist"]),
    .init("twice(|", ["value=", "factor="]),
    .init("twice(1, |", ["factor="], not: ["value="]),
    .init("y = nu|", ["number"], not: ["step"]),
    .init("for i in range(3) { st|", ["step"]),
    .init("for i in range(3) {\n  gan.|", ["steps"]),
    .init("# st|", [], not: ["step"]),
    .init("x = \"st|", [], not: ["step"]),
    .init("12|", [], not: ["step"]),
    .init("%w|", ["who"], not: ["time"]),
    .init("%lang |", ["en", "zh"]),
    .init("%set l|", ["live", "lang"]),
    .init("%set live |", ["on", "off"], not: ["live", "en"]),
    .init("%time gan.|", ["steps", "step"]),
    .init("%recipe g|", ["gan"]),
    .init("%who T|", ["Trainer"]),
    .init("?st|", ["step"]),
    .init("?syn|", ["syntax"]),
    .init("x = \\mu|", ["μ"]),
    .init("\\nab|", ["∇"]),
    .init("\\e|", ["\\eta", "\\epsilon"]),
    .init("print（gan.|", ["steps"]),
    .init("训练 = 1\ngan.ra|", ["rate"]),
  ]

  @Test(arguments: cases)
  func `what fits is offered`(_ test: CompletionCase) {
    let found = Set(Self.complete(test.line, in: Self.session()).matches.map(\.text))
    #expect(found.isSuperset(of: test.offered), "\(test.line): \(found.sorted())")
    #expect(found.isDisjoint(with: test.missing), "\(test.line): \(found.sorted())")
  }

  @Test func `what is replaced counts bytes`() {
    let found = Self.complete("训练 = gan.ra|te", in: Self.session())
    #expect(found.replaced == 13..<15)
    #expect(found.matches.map(\.text) == ["rate"])
  }

  @Test func `a match says what it is`() throws {
    let session = Self.session()
    let match = { (line: String, text: String) in
      try #require(Self.complete(line, in: session).matches.first { $0.text == text })
    }
    #expect(try match("st|", "step").kind == .verb)
    #expect(try match("x = st|", "step").kind == .function)
    #expect(try match("Tr|", "Trainer").kind == .constructor)
    #expect(try match("gan.|", "rate").kind == .field)
    #expect(try match("gan.|", "step").signature.hasPrefix(".step(n=1"))
    #expect(try match("g|", "gan").signature == "Trainer at step 0")
    #expect(try match("tw|", "twice").signature == "twice(value, factor=2)")
  }

  @Test func `paths are completed, folders with their slash`() {
    let session = Self.session()
    let found = Self.complete("load(\"/et|\")", in: session).matches
    #expect(found.contains(Completion.Match("/etc/", .path)))
    #expect(Self.complete("%run /etc/passw|", in: session).matches.contains { $0.text == "/etc/passwd" })
    #expect(Self.complete("%run /nowhere/at/all/|", in: session).matches.isEmpty)
  }

  @Test func `any text at any place is answered`() {
    let session = Self.session()
    let snapshot = session.snapshots.current
    let text = Self.cases.map(\.line).joined(separator: "\n") + "\n{[(\"\u{0} \u{FFFF} 中文 🙂 e\u{301} \\ %% ?? ```"
    for offset in -2...text.utf8.count + 2 {
      let found = snapshot.complete(text, at: offset)
      #expect(found.replaced.lowerBound >= 0 && found.replaced.upperBound <= text.utf8.count)
      _ = snapshot.inspect(text, at: offset)
    }
  }
}

struct InspectionTests {
  private func inspect(_ line: String, detail: Int = 0) -> String? {
    let session = Session.toy()
    session.run("gan = Trainer()", "def twice(value) = value * 2")
    let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return session.snapshots.current.inspect(parts.joined(), at: parts[0].utf8.count, detail: detail)?.plain
  }

  @Test func `a builtin shows signature, sentence and an example`() {
    let page = inspect("st|ep gan 5")
    #expect(page?.contains("step(trainer, n=1") == true)
    #expect(page?.contains("Takes steps.") == true && page?.contains("step t 2") == true)
  }

  @Test func `a variable shows its line, its fields and what takes it`() {
    let page = inspect("print(gan|)")
    #expect(page?.hasPrefix("gan: Trainer at step 0") == true)
    #expect(page?.contains(".rate") == true && page?.contains("undo") == true)
  }

  @Test func `inside a call the function is meant`() {
    #expect(inspect("step(gan, |)")?.contains("Takes steps.") == true)
    #expect(inspect("gan.step|")?.contains("Takes steps.") == true)
  }

  @Test func `more detail gives the definition`() {
    #expect(inspect("twice|", detail: 1) == "def twice(value) = value * 2")
    #expect(inspect("step|", detail: 1) == "t.steps += 1")
  }

  @Test func `a command on the session has its page`() {
    #expect(inspect("%wh|o")?.hasPrefix("%who [type]") == true)
  }

  @Test func `nothing is known about nothing`() {
    #expect(inspect("|") == nil)
    #expect(inspect("nothere|") == nil)
    #expect(inspect("12| + 3") == nil)
  }
}
