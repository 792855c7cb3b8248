// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Testing

struct SessionTests {
  @Test func `values and the last assignment are shown, in order`() {
    let session = Session.toy()
    #expect(session.run("1 + 1; 2 + 3\nx = 7") == "2\n5\nx: 7\n")
    #expect(session.run("x;") == "")
    #expect(session.run("_ + 1") == "6\n")
  }

  @Test func `cells are counted, blank and silent ones are not`() {
    let session = Session.toy()
    let sink = RecordingSink()
    #expect(session.execute(ExecutionRequest("1"), to: sink).count == 1)
    #expect(session.execute(ExecutionRequest("  \n"), to: sink).count == 1)
    #expect(session.execute(ExecutionRequest("2", isSilent: true), to: sink).count == 1)
    #expect(session.execute(ExecutionRequest("3", storesHistory: false), to: sink).count == 1)
    #expect(session.execute(ExecutionRequest("4"), to: sink).count == 2)
    #expect(session.history.range(start: 1).map(\.input) == ["1", "4"])
  }

  @Test func `results carry the number of their cell`() throws {
    let session = Session.toy()
    let sink = RecordingSink()
    _ = session.execute(ExecutionRequest("1"), to: sink)
    _ = session.execute(ExecutionRequest("2"), to: sink)
    guard case .result(let display, let count) = try #require(sink.outputs.last) else { throw Unexpected() }
    #expect(display.plain == "2" && count == 2)
  }

  @Test func `a silent cell shows nothing and still acts`() {
    let session = Session.toy()
    let sink = RecordingSink()
    _ = session.execute(ExecutionRequest("x = 5; x; print(x)", isSilent: true), to: sink)
    #expect(sink.outputs.isEmpty)
    #expect(session.run("x") == "5\n")
  }

  @Test func `an error ends the cell, and says where`() throws {
    let session = Session.toy()
    let sink = RecordingSink()
    let execution = session.execute(ExecutionRequest("a = 1\nb = nothere\nc = 3"), to: sink)
    guard case .failed(let failure) = execution.status else { throw Unexpected() }
    #expect(failure.className == "NameError")
    #expect(failure.line == 2 && failure.column == 5)
    #expect(failure.lines.contains { $0.contains("^^^^^^^") })
    #expect(failure.colouredLines.joined().contains("\u{1B}["))
    #expect(!failure.lines.joined().contains("\u{1B}"))
    #expect(session.run("a") == "1\n")
    #expect(session.run("c").hasPrefix("NameError"))
  }

  @Test func `a syntax error runs nothing`() {
    let session = Session.toy()
    #expect(session.run("a = 1\nb = )").hasPrefix("SyntaxError"))
    #expect(session.run("a").hasPrefix("NameError"))
  }

  @Test func `a program shows no assignments and names its file and line`() throws {
    let session = Session.toy()
    let sink = RecordingSink()
    let request = ExecutionRequest("x = 1\nx\ny = nothere", file: "p.easel", firstLine: 10, isScript: true)
    let failure = try #require(session.execute(request, to: sink).failure)
    #expect(sink.text == "1\n")
    #expect(failure.lines[0].hasPrefix("p.easel:12: NameError"))
    #expect(failure.line == 12)
    #expect(session.history.range(start: 1).isEmpty)
  }

  @Test func `user expressions come back by name, right or wrong`() throws {
    let session = Session.toy()
    let request = ExecutionRequest("x = 2", userExpressions: ["twice": "x * 2", "bad": "nothere"])
    let results = session.execute(request, to: RecordingSink()).userExpressions
    #expect(try results["twice"]?.get().plain == "4")
    #expect(throws: Failure.self) { try results["bad"]?.get() }
  }

  @Test(arguments: ["exit", "quit", " exit() \n"])
  func `leaving is asked for`(_ code: String) {
    #expect(Session.toy().execute(ExecutionRequest(code), to: RecordingSink()).wantsExit)
  }

  @Test func `help pages are returned, or shown in order`() {
    let beside = Session.toy(showsPages: false)
    let execution = beside.execute(ExecutionRequest("?step"), to: RecordingSink())
    #expect(execution.pages.first?.plain.hasPrefix("step(trainer, n=1") == true)
    #expect(Session.toy().run("?step").contains("Takes steps."))
  }

  @Test func `the host is told which input runs`() throws {
    let session = Session.toy()
    session.run("1", "draw")
    #expect(session.run("draw") == "2\n")
  }

  @Test func `a line can be asked for, unless nobody is there`() {
    let session = Session.toy()
    #expect(session.run("x = input(\"name? \"); x", answering: ["Ada"]) == "\"Ada\"\n")
    let request = ExecutionRequest("input()", allowsInput: false)
    #expect(session.execute(request, to: RecordingSink()).failure?.className == "StateError")
    #expect(session.run("input()").contains("the input has ended"))
  }

  @Test func `why explains the last error`() {
    let text = Session.toy().run("nothere", "why")
    #expect(text.contains("nothing has"))
  }

  @Test func `the error's line is in the language of the session`() {
    let session = Session.toy()
    session.run("%lang zh")
    #expect(session.run("%nothere").contains("没有会话命令"))
    #expect(session.snapshots.current.language == .chinese)
  }
}

/// A value was not what the test is about.
struct Unexpected: Error {}
