// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import Testing

struct MagicTests {
  private func temporaryFolder() throws -> String {
    var template = Array("/tmp/easel-test-XXXXXX".utf8CString)
    return try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  private func contents(of path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
  }

  @Test func `who tells where variables were made and last changed`() {
    let session = Session.toy()
    let text = session.run("gan = Trainer()", "x = 5", "step gan 3;", "x = 6", "%who")
    let rows = text.split(separator: "\n").suffix(2).map { $0.split(separator: " ").prefix(4).map(String.init) }
    #expect(rows == [["gan", "Trainer", "[1]", "[3]"], ["x", "Int", "[4]", "[4]"]])
    #expect(session.run("%who Trainer").contains("gan"))
    #expect(!session.run("%who Trainer").contains("Int"))
    #expect(session.run("%who Nothing") == "no variables of type Nothing\n")
    #expect(Session.toy().run("%who") == "no variables yet\n")
  }

  @Test func `history lists what was typed`() {
    let session = Session.toy()
    session.run("x = 1", "if x == 1 {\n  2\n}")
    #expect(session.run("%history 2") == "[2] if x == 1 {\n      2\n    }\n[3] %history 2\n")
    #expect(session.run("%history many").hasPrefix("ValueError: %history wants a number"))
  }

  @Test func `a program is saved without what failed or only looked`() throws {
    let path = try temporaryFolder() + "/a/saved.easel"
    let session = Session.toy()
    session.run("x = 1", "nothere", "?step", "x + 1", "%who")
    #expect(session.run("%save \(path)") == "saved 2 inputs to \(path)\n")
    #expect(try contents(of: path) == "# easel \(Release.version)\nx = 1\nx + 1\n")
  }

  @Test func `a page is saved with outputs`() throws {
    let path = try temporaryFolder() + "/saved.md"
    let session = Session.toy()
    session.run("print(\"```\")", "x = 1")
    session.run("%save \(path)")
    #expect(
      try contents(of: path)
        == "````easel\nprint(\"```\")\n````\n\n````text\n```\n````\n\n```easel\nx = 1\n```\n\n```text\nx: 1\n```\n")
  }

  @Test func `a notebook is saved with outputs and errors`() throws {
    let path = try temporaryFolder() + "/saved.ipynb"
    let session = Session.toy()
    session.run("1 + 1", "print(\"a\\t\\\"b\\\"\")", "nothere")
    session.run("%save \(path)")
    let text = try contents(of: path)
    #expect(text.contains("\"output_type\": \"execute_result\"") && text.contains("\"output_type\": \"stream\""))
    #expect(text.contains("\"ename\": \"NameError\"") && text.contains("raises-exception"))
    #expect(text.contains(#""a\t\"b\"\n""#))
    #expect(text.contains("\"nbformat_minor\": 5"))
  }

  @Test func `saving says what it wants and what went wrong`() {
    #expect(Session.toy().run("%save x.txt").contains("help: %save session.easel"))
    #expect(Session.toy().run("%save /proc/x.easel").hasPrefix("FileError: cannot write /proc/x.easel"))
  }

  @Test func `a program runs in the session, and its errors name its lines`() throws {
    let path = try temporaryFolder() + "/p.easel"
    try write("#!/usr/bin/env easel\nx = 41\nx + 1\nnothere\n", to: path)
    let session = Session.toy()
    let text = session.run("%run \(path)")
    #expect(text.hasPrefix("42\n\(path):4: NameError"))
    #expect(session.run("x") == "41\n")
    #expect(session.run("%run /nowhere.easel").hasPrefix("FileError: cannot read"))
  }

  @Test func `a program that runs itself ends in an error`() throws {
    let path = try temporaryFolder() + "/p.easel"
    try write("%run \(path)\n", to: path)
    #expect(Session.toy().run("%run \(path)").contains("deep"))
  }

  @Test func `a session command without its object says what it wants`() {
    let session = Session.toy()
    #expect(session.run("%time").contains("%time wants a statement"))
    #expect(session.run("%timeit").contains("%timeit wants a statement"))
    #expect(session.run("%verify").contains("%verify wants the name of an object"))
    #expect(session.run("%recipe nothing").contains("help: %who"))
  }

  @Test func `time and timeit run code and say how long it took`() {
    let session = Session.toy()
    #expect(session.run("%time x = 2 + 3").contains("took"))
    #expect(session.run("%%time\ny = x + 1\ny").hasPrefix("6\n"))
    #expect(session.run("%timeit x + 1").contains("a run (best of"))
    #expect(session.run("%time nothere").hasPrefix("NameError"))
  }

  @Test func `settings are listed, shown, changed, and checked`() {
    let session = Session.toy()
    #expect(session.run("%set").contains("live"))
    #expect(session.run("%set live off", "%set live") == "live = off\n")
    #expect(session.run("%set live maybe").hasPrefix("ValueError: %set live does not take \"maybe\""))
    #expect(session.run("%set liev on").contains("help: %set live"))
  }

  @Test func `variables are forgotten, and builtins are seen again`() {
    let session = Session.toy()
    session.run("x = 1", "step = 3")
    #expect(session.run("%reset step", "step").contains("step("))
    #expect(session.run("%reset", "%who").hasSuffix("no variables yet\n"))
    #expect(session.run("%reset nothere").hasPrefix("NameError"))
  }

  @Test func `an input is put back to be edited`() {
    let session = Session.toy()
    session.run("x = 1", "y = 2")
    let execution = session.execute(ExecutionRequest("%edit 1"), to: RecordingSink())
    #expect(execution.nextInput == "x = 1" && execution.opensEditor)
    let last = session.execute(ExecutionRequest("%edit"), to: RecordingSink())
    #expect(last.nextInput == "y = 2")
    #expect(session.run("%edit 99").contains("there is no input 99"))
  }

  @Test func `an unknown command is answered with the nearest`() {
    #expect(Session.toy().run("%hsitory").contains("help: %history"))
    #expect(Session.toy().run("%xyzzy").contains("help: ?magics"))
  }

  @Test func `the article's loops parse, as mended and as printed`() {
    let session = Session.toy()
    for line in ["%article gan", "%article vae", "%article gan --as-printed", "%article vae --as-printed"] {
      let code = session.run(line)
      #expect(Parser.completeness(of: code, grammar: session.snapshots.current.builtins.grammar) == .complete)
    }
    #expect(session.run("%article rnn").contains("%article wants gan or vae"))
  }

  @Test func `folders are listed and changed`() throws {
    let folder = try temporaryFolder()
    try write("", to: folder + "/a.easel")
    let session = Session.toy()
    #expect(session.run("%ls \(folder)") == "a.easel\n")
    #expect(session.run("%ls /nowhere").hasPrefix("FileError"))
    #expect(session.run("%pwd").hasPrefix("/"))
    #expect(session.run("%cd /nowhere").hasPrefix("FileError"))
    #expect(session.run("%version") == "easel \(Release.version)\n")
  }

  @Test func `the tour takes lines and leaves the session alone`() {
    let session = Session.toy()
    session.run("data = 1")
    let text = session.run("%tour", answering: ["", "1 + 1", "q"])
    #expect(text.contains("1/8") && text.contains("2/8") && !text.contains("3/8"))
    #expect(session.run("data") == "1\n")
    #expect(session.run("%tour 99").hasPrefix("ValueError"))
  }

  @Test func `every command has both texts and starts with its name`() {
    let page = Session.toy().run("?magics")
    let chinese = { () -> String in
      let session = Session.toy()
      session.run("%lang zh")
      return session.run("?magics")
    }()
    for name in ["who", "history", "save", "run", "time", "timeit", "set", "reset", "edit", "recipe", "verify"] {
      #expect(page.contains("%\(name)"))
    }
    #expect(page != chinese && chinese.contains("作用于会话的命令"))
  }

  @Test(arguments: HelpTopic.session.map(\.name))
  func `every page exists in both languages`(_ name: String) {
    let session = Session.toy()
    let english = session.run("?\(name)")
    session.run("%lang zh")
    #expect(session.run("?\(name)") != english)
  }
}
