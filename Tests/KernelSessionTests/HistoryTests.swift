// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Testing

struct HistoryTests {
  /// A path in a folder of its own that does not exist yet.
  private func freshPath() -> String {
    var template = Array("/tmp/easel-test-XXXXXX".utf8CString)
    let folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    return folder + "/state/history"
  }

  @Test func `inputs outlive their session, blocks included`() {
    let path = freshPath()
    let block = "for i in range(2) {\n  # 3 times\n#4\n\n  i\n}"
    Session.toy(historyPath: path).run("x = 1", block)
    let later = Session.toy(historyPath: path)
    later.run("y = 2")
    // A line that looks like the file's own marks gets a blank in front.
    let kept = block.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasPrefix("#4") ? " #4" : $0 }
    #expect(later.history.tail(10).map(\.input) == ["x = 1", kept.joined(separator: "\n"), "y = 2"])
    #expect(later.history.tail(10).map(\.session) == [1, 1, 2])
    #expect(later.history.tail(10).map(\.number) == [1, 2, 1])
    #expect(later.history.tail(10).allSatisfy { $0.time > 1_700_000_000 })
  }

  @Test func `a foreign or damaged file is read as far as it goes`() throws {
    let path = freshPath()
    Session.toy(historyPath: path).run("x = 1")
    let file = try #require(fopen(path, "a"))
    fputs("#notatime\n#99999999999999999999999\nafter\n#5 x -7\nlast\n\n", file)
    fclose(file)
    let history = Session.toy(historyPath: path).history
    #expect(history.tail(10).map(\.input) == ["x = 1\n#notatime", "after", "last\n"])
    #expect(history.session == 2)
  }

  @Test func `ranges name sessions from the first or back from this one`() {
    let path = freshPath()
    Session.toy(historyPath: path).run("a = 1", "b = 2", "c = 3")
    let later = Session.toy(historyPath: path)
    later.run("d = 4")
    let history = later.history
    #expect(history.range(session: 1, start: 1, stop: 3).map(\.input) == ["a = 1", "b = 2"])
    #expect(history.range(session: -1, start: 2).map(\.input) == ["b = 2", "c = 3"])
    #expect(history.range(start: 0).map(\.input) == ["d = 4"])
    #expect(history.range(session: 99, start: 0).isEmpty)
    #expect(history.range(session: .min, start: .min, stop: .max).isEmpty)
  }

  @Test func `searching matches whole inputs with stars and question marks`() {
    let session = Session.toy()
    session.run("x = 1", "y = 22", "x = 1", "print(x)")
    #expect(session.history.search("x = ?").map(\.input) == ["x = 1", "x = 1"])
    #expect(session.history.search("x*", isUnique: true).map(\.number) == [3])
    #expect(session.history.search("*", count: 2).map(\.input) == ["x = 1", "print(x)"])
    #expect(session.history.search("*2*").map(\.input) == ["y = 22"])
    #expect(session.history.search("x").isEmpty)
    #expect(session.history.search("*", count: -1).isEmpty)
  }

  @Test func `the value of an input is remembered in its session`() {
    let session = Session.toy()
    session.run("1 + 1", "x = 3;")
    #expect(session.history.tail(2).map(\.output) == ["2", nil])
  }
}
