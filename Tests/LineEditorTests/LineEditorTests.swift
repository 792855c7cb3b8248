// SPDX-License-Identifier: Apache-2.0
import Glibc
import LineEditor
import TestSupport
import Testing

/// Readline's state belongs to the process, so these tests share one editor and run one after the other.
@Suite(.serialized) struct LineEditorTests {
  /// Reads one line while `user` types on another thread.
  private func read(
    prompt: String = ">> ", prefill: String = "", with editor: LineEditor, on terminal: PseudoTerminal,
    user: @escaping @Sendable (PseudoTerminal) -> Void
  ) -> LineRead {
    let typist = Task.detached { user(terminal) }
    defer { _ = typist }
    return editor.read(prompt: prompt, prefill: prefill)
  }

  private func start() throws -> (LineEditor, PseudoTerminal) {
    setenv("TERM", "xterm-256color", 1)
    setenv("INPUTRC", "/dev/null", 1)
    Terminal.adoptLocale()
    let terminal = try #require(PseudoTerminal())
    let editor = try LineEditor(name: "easel", input: terminal.side, output: terminal.side)
    editor.forgetAll()
    return (editor, terminal)
  }

  @Test func `a typed line comes back`() throws {
    let (editor, terminal) = try start()
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("step gan 100\r")
    }
    #expect(line == .line("step gan 100"))
  }

  @Test func `Ctrl-D on an empty line ends the input`() throws {
    let (editor, terminal) = try start()
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\u{4}")
    }
    #expect(line == .ended)
  }

  @Test func `an interrupt drops the line and the next one is clean`() throws {
    let (editor, terminal) = try start()
    let dropped = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("half a li")
      terminal.wait(for: "li")
      LineEditor.wake(.interrupt)
    }
    #expect(dropped == .interrupted)
    let next = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("1\r")
    }
    #expect(next == .line("1"))
  }

  @Test func `an interrupt leaves an unfinished paste`() throws {
    let (editor, terminal) = try start()
    let dropped = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\u{1B}[200~never ends")
      LineEditor.wake(.interrupt)
    }
    #expect(dropped == .interrupted)
  }

  @Test func `a pasted block comes back as one text with its newlines`() throws {
    let (editor, terminal) = try start()
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\u{1B}[200~for i in range(2) {\n  i\n}\u{1B}[201~\r")
    }
    #expect(line == .line("for i in range(2) {\n  i\n}"))
  }

  @Test func `a remembered block is recalled whole`() throws {
    let (editor, terminal) = try start()
    editor.remember("def f(x) {\n  x\n}", time: 1_700_000_000)
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\u{1B}[A\r")
    }
    #expect(line == .line("def f(x) {\n  x\n}"))
  }

  @Test func `Ctrl-R finds an entry`() throws {
    let (editor, terminal) = try start()
    editor.remember("grads gan", time: 1)
    editor.remember("show samples(gan, 8x8)", time: 2)
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\u{12}gra")
      terminal.wait(for: "gra\u{1B}[27m")
      terminal.type("\r")
    }
    #expect(line == .line("grads gan"))
  }

  @Test func `the prefill can be changed, and a brace steps back`() throws {
    let (editor, terminal) = try start()
    let line = read(prompt: ".. ", prefill: "    ", with: editor, on: terminal) { terminal in
      terminal.wait(for: ".. ")
      terminal.type("}\r")
    }
    #expect(line == .line("  }"))
  }

  @Test func `a single completion replaces what the language says`() throws {
    let (editor, terminal) = try start()
    editor.completer = { line, cursor in
      #expect(line == "中文 gan.sa" && cursor == line.utf8.count)
      return LineCompletion(start: line.utf8.count - 2, texts: ["samples"])
    }
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("中文 gan.sa\t")
      terminal.wait(for: "samples")
      terminal.type("\r")
    }
    #expect(line == .line("中文 gan.samples"))
  }

  @Test func `several completions extend to what they share and are listed`() throws {
    let (editor, terminal) = try start()
    editor.completer = { line, _ in
      LineCompletion(start: 0, texts: ["sample_mean", "samples"]) { "THE LIST\r\n" }
    }
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("sa\t")
      terminal.wait(for: "THE LIST")
      terminal.type("s\r")
    }
    #expect(line == .line("samples"))
  }

  @Test func `what completions share never ends inside a character`() throws {
    let (editor, terminal) = try start()
    // The two differ in the last byte of their first character.
    editor.completer = { _, _ in LineCompletion(start: 0, texts: ["一a", "丁a"]) { "BOTH\r\n" } }
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("\t")
      terminal.wait(for: "BOTH")
      terminal.type("x\r")
    }
    #expect(line == .line("x"))
  }

  @Test func `a resize redraws and keeps the line`() throws {
    let (editor, terminal) = try start()
    let line = read(with: editor, on: terminal) { terminal in
      terminal.wait(for: ">> ")
      terminal.type("keep")
      terminal.wait(for: "keep")
      terminal.resize(columns: 20, rows: 40)
      LineEditor.wake(.resize)
      terminal.type(" me\r")
    }
    #expect(line == .line("keep me"))
  }
}
