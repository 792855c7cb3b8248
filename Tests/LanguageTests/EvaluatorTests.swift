// SPDX-License-Identifier: Apache-2.0
import Testing

// SPDX-License-Identifier: Apache-2.0
@testable import Language

@Suite struct Notes {
  @Test func fullWidthPunctuationIsNotedOnce() {
    let bench = Bench()
    bench.run("x = （1，2）")
    bench.run("y = （3，4）")
    #expect(bench.console.notes == ["full-width punctuation read as ASCII"])
  }

  @Test func shadowingABuiltinIsNotedOnceAndCanBeUndone() {
    let bench = Bench()
    bench.run("sum = 3; sum = 4")
    #expect(bench.console.notes.count == 1)
    #expect(bench.console.notes[0].hasPrefix("sum now means your variable"))
    #expect(bench.shown("sum") == ["4"])
    bench.evaluator[variable: "sum"] = nil
    #expect(bench.shown("sum([1, 2])") == ["3"])
  }

  @Test func aVariableInsideAFunctionShadowsWithoutANote() {
    let bench = Bench()
    bench.run("def f(sum) = sum\nf(1)")
    #expect(bench.console.notes.isEmpty)
  }

  @Test func notesSpeakTheUsersLanguage() {
    let bench = Bench()
    bench.console.language = .chinese
    bench.run("x = （1）")
    #expect(bench.console.notes == ["全角标点按半角处理"])
  }
}

@Suite struct TopLevel {
  @Test func anAssignmentIsEchoedOnlyWhenItEndsTheInput() {
    #expect(Bench().shown("x = 1\ny = 2") == ["y: 2"])
    #expect(Bench().shown("x = 1\nx") == ["1"])
  }

  @Test func scriptsDoNotEchoAssignments() {
    let bench = Bench()
    bench.run("x = 1", options: .init(echoesAssignments: false))
    #expect(bench.console.lines.isEmpty)
  }

  @Test func theLastShownValueIsKeptAndSilencedOnesAreNot() {
    let bench = Bench()
    bench.run("1 + 1")
    bench.run("5;")
    #expect(bench.shown("_") == ["2"])
  }

  @Test func anEmptyProgramShowsNothing() {
    for text in ["", "\n\n", "# only a comment", ";;", "   "] { #expect(Bench().shown(text).isEmpty) }
  }

  @Test func sessionCommandsGoToTheSession() {
    let bench = Bench()
    bench.run("%who Trainer; x\n?step\nstep??\n x = 1; %time 1 + 1\n%save?")
    #expect(
      bench.console.commands == [
        .magic(name: "who", argument: "Trainer; x", span: SourceSpan(0, 15)),
        .help(topic: "step", isDetailed: false, span: SourceSpan(16, 21)),
        .help(topic: "step", isDetailed: true, span: SourceSpan(22, 28)),
        .magic(name: "time", argument: "1 + 1", span: SourceSpan(37, 48)),
        .help(topic: "%save", isDetailed: false, span: SourceSpan(49, 55)),
      ])
  }

  @Test func aCellMagicTakesTheWholeCell() {
    let bench = Bench()
    bench.run("%%time once\nx = (\n y")
    #expect(
      bench.console.commands == [
        .cellMagic(name: "time", argument: "once", body: "x = (\n y", span: SourceSpan(0, 20))
      ])
  }

  @Test func oneExpressionCanBeAskedFor() throws {
    let bench = Bench()
    bench.run("x = 20")
    guard case .int(let number) = try bench.evaluator.evaluate("x + 1") else {
      Issue.record("not a whole number")
      return
    }
    #expect(number == 21)
    #expect(throws: Diagnostic.self) { try bench.evaluator.evaluate("x = 1") }
    #expect(throws: Diagnostic.self) { try bench.evaluator.evaluate("missing") }
  }

  @Test func namesAreTakenFromTheFirstVariable() {
    let bench = Bench()
    bench.run("a = Machine(); b = a")
    #expect(bench.shown("b()") == ["\"a called with 0\""])
  }
}

@Suite struct LoopLine {
  /// A loop whose rounds each take a tenth of a second.
  private func progress(_ text: String) -> [String] {
    let bench = Bench()
    bench.console.tick = 0.1
    bench.run(text)
    return bench.console.progress
  }

  @Test func aLoopThatTakesAWhileShowsWhereItIs() throws {
    let lines = progress("for i in range(40) { errD = 1 / (i + 1) }")
    #expect(lines.count > 5)
    let last = try #require(lines.last)
    #expect(last.hasPrefix("i 40/40  "))
    #expect(last.hasSuffix("errD 0.025"))
    #expect(lines[0].contains(" left"))
  }

  @Test func nestedLoopsShareALine() throws {
    let lines = progress("for epoch in range(3) { for i in range(20) { loss = 0.5 } }")
    #expect(lines.contains { $0.hasPrefix("epoch 1/3  i 12/20  ") || $0.hasPrefix("epoch 1/3  i 1") })
    #expect(lines.contains { $0.hasPrefix("epoch 2/3  i ") })
  }

  @Test func aQuickLoopShowsNothing() {
    let bench = Bench()
    bench.run("for i in range(100) { x = 0.5 }")
    #expect(bench.console.progress.isEmpty)
  }

  @Test func loopsInFunctionsShowNothing() {
    #expect(progress("def f() { for i in range(40) { x = 0.5 } }\nf()").isEmpty)
  }

  @Test func itCanBeSwitchedOff() {
    let bench = Bench()
    bench.console.tick = 0.1
    bench.evaluator.showsLoopProgress = false
    bench.run("for i in range(40) { x = 0.5 }")
    #expect(bench.console.progress.isEmpty)
  }

  @Test func timesReadLikeAClock() {
    #expect(LoopProgress.clock(5.4) == "0:05")
    #expect(LoopProgress.clock(3725) == "1:02:05")
    #expect(LoopProgress.clock(.infinity) == "2777:46:39")
  }
}

@Suite struct ErrorsOfCalls {
  @Test func labelsPointAtTheArgumentsOfTheChosenVariant() throws {
    let error = try #require(Bench().run("bce(target=vector([1]), input=vector([1, 2]))"))
    let lines = error.lines(DisplayContext())
    #expect(lines[2] == "        ^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^")
  }

  @Test func aMethodsReceiverIsItsFirstArgument() throws {
    let error = try #require(Bench().run("vector([1, 2]).bce(vector([1]))"))
    #expect(error.lines(DisplayContext())[2] == "    ^^^^^^^^^^^^^^     ^^^^^^^^^^^")
  }

  @Test func aPipedValueIsTheFirstArgument() throws {
    let error = try #require(Bench().run("vector([1, 2]) |> bce(vector([1]))"))
    #expect(error.lines(DisplayContext())[2] == "    ^^^^^^^^^^^^^^        ^^^^^^^^^^^")
  }

  @Test func anErrorInsideAFunctionArgumentIsShownWhereItHappened() throws {
    let error = try #require(Bench().run("apply(x -> x / 0, 1)"))
    #expect(error.lines(DisplayContext())[1...2] == ["    apply(x -> x / 0, 1)", "                   ^"])
    #expect(error.chain == ["->", "apply(x -> x / 0, 1)"])
  }

  @Test func anUnknownArgumentIsFoundBeforeItsValueIsLookedAt() {
    #expect(Bench().run("m = Machine()\nstep m unti=missing < 1")?.kind == .type)
  }
}

/// Tells when it is gone.
private final class Tracer: HostObject {
  static let typeName = "Tracer"
  let count: () -> Void
  init(_ count: @escaping () -> Void) { self.count = count }
  deinit { count() }
  func line(_ context: DisplayContext) -> String { "Tracer" }
  func display(_ context: DisplayContext) -> Display { Display("Tracer") }
}

@Suite struct Memory {
  /// How many of ten traced arguments are gone after ten calls of a function with this body.
  private func gone(_ body: String) -> Int {
    let bench = Bench()
    var gone = 0
    bench.run("def f(x) { \(body) }")
    for _ in 0..<10 {
      bench.evaluator[variable: "t"] = .host(Tracer { gone += 1 })
      #expect(bench.run("f(t); t = None") == nil)
    }
    bench.run("_ = None; 1")
    return gone
  }

  @Test(arguments: [
    "1", "g = y -> y; g(1); 1", "def g(y) = y\ng(1); 1", "def fact(n) = 1 if n < 2 else n * fact(n - 1)\nfact(3)",
    "ys = [x for i in range(3)]; 1", "g = () -> x; h = () -> g(); h(); 1",
  ])
  func aFunctionsVariablesGoWhenItReturns(_ body: String) {
    #expect(gone(body) == 10)
  }

  @Test func aClosureKeepsWhatItNeeds() {
    let bench = Bench()
    bench.run("def make(k) { inner = x -> x * k; outer = x -> inner(x) + 1; outer }\nf = make(3)")
    #expect(bench.shown("f(2)") == ["7"])
    #expect(bench.shown("make(1) == make(1); f == f") == ["False", "True"])
  }
}
