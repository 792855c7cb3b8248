// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Testing

@testable import TerminalFront

struct EnvironmentTests {
  private func environment(_ variables: [String: String], isTerminal: Bool = true) -> Environment {
    Environment(variables: variables, isTerminal: isTerminal)
  }

  @Test func `colours follow the terminal, and NO_COLOR beats those who force them`() {
    #expect(environment(["TERM": "xterm"]).colour(.auto) == .sixteen)
    #expect(environment(["TERM": "xterm-256color"]).colour(.auto) == .palette)
    #expect(environment(["TERM": "xterm-256color", "COLORTERM": "truecolor"]).colour(.auto) == .full)
    #expect(environment(["TERM": "dumb"]).colour(.auto) == .none)
    #expect(environment([:]).colour(.auto) == .none)
    #expect(environment(["TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"]).colour(.auto) == .none)
    #expect(environment(["TERM": "xterm", "NO_COLOR": ""]).colour(.auto) == .sixteen)
    #expect(environment(["TERM": "xterm"], isTerminal: false).colour(.auto) == .none)
    #expect(environment(["TERM": "xterm", "CLICOLOR_FORCE": "1"], isTerminal: false).colour(.auto) == .sixteen)
    #expect(environment(["TERM": "xterm", "CLICOLOR_FORCE": "0"], isTerminal: false).colour(.auto) == .none)
    #expect(environment(["NO_COLOR": "1", "TERM": "xterm"], isTerminal: false).colour(.always) == .sixteen)
    #expect(environment(["TERM": "xterm-kitty"]).colour(.never) == .none)
  }

  @Test func `the language of messages is that of the locale, in its order of precedence`() {
    #expect(environment(["LANG": "zh_CN.UTF-8"]).messageLanguage == .chinese)
    #expect(environment(["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"]).messageLanguage == .english)
    #expect(environment(["LANG": "en_US", "LC_ALL": "zh_TW"]).messageLanguage == .chinese)
    #expect(environment([:]).messageLanguage == .english)
  }

  @Test func `characters are ASCII where the locale or the terminal has no others`() {
    let canvas = { (variables: [String: String], choice: Appearance.CharacterChoice) in
      Capabilities(
        Appearance(characters: choice), environment: environment(variables, isTerminal: false), input: -1, output: -1
      ).textCanvas.unicode
    }
    #expect(canvas([:], .auto))
    #expect(!canvas(["LANG": "C"], .auto))
    #expect(canvas(["LANG": "C"], .full))
    #expect(!canvas(["LANG": "C.UTF-8"], .ascii))
  }

  @Test func `a pipe is 80 columns wide and shows no pictures unless asked`() {
    let pipe = environment(["TERM": "xterm"], isTerminal: false)
    let canvas = Capabilities(Appearance(), environment: pipe, input: -1, output: -1).pictureCanvas
    #expect(canvas.columns == 80 && canvas.graphics == .none && canvas.colour == .none)
    let asked = Capabilities(Appearance(graphics: .braille), environment: pipe, input: -1, output: -1)
    #expect(asked.pictureCanvas.graphics == .braille)
  }
}

struct TerminalAnswersTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `a report is found behind typed keys`() throws {
    let heard = bytes("ls\u{1B}[12;34R")
    #expect(TerminalAnswers.cursorReport(in: heard) == 2..<heard.count)
    #expect(TerminalAnswers.column(Array(heard[2...])) == 34)
    #expect(TerminalAnswers.cursorReport(in: bytes("\u{1B}[A")) == nil)
    #expect(TerminalAnswers.cursorReport(in: bytes("\u{1B}[12;34")) == nil)
    #expect(TerminalAnswers.cursorReport(in: []) == nil)
  }

  @Test func `sixels need attribute 4 exactly`() {
    #expect(TerminalAnswers.drawsSixels(bytes("\u{1B}[?62;4;22c")))
    #expect(!TerminalAnswers.drawsSixels(bytes("\u{1B}[?64;14;40c")))
    #expect(!TerminalAnswers.drawsSixels([]))
  }

  @Test func `kitty's answer stands before the attributes`() {
    let heard = bytes("x\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62c")
    #expect(TerminalAnswers.attributesReport(in: heard) == 1..<heard.count)
    #expect(TerminalAnswers.drawsKitty(heard))
    #expect(!TerminalAnswers.drawsKitty(bytes("\u{1B}_Gi=31;EINVAL\u{1B}\\\u{1B}[?62c")))
  }
}

struct ProgressTests {
  private func state(_ line: String, _ fraction: Double?, isFinal: Bool = false) -> Output.Progress {
    Output.Progress(id: "a", line: line, display: Display(line), fraction: fraction, isFinal: isFinal)
  }

  @Test func `a line is redrawn at most ten times a second and erased at the end`() {
    var line = ProgressLine()
    #expect(line.redraw(state("one", 0.1), columns: 80, at: 1.0) == "\rone\u{1B}[K")
    #expect(line.redraw(state("two", 0.2), columns: 80, at: 1.05).isEmpty)
    #expect(line.redraw(state("three", 0.3), columns: 80, at: 1.11) == "\rthree\u{1B}[K")
    #expect(line.redraw(state("end", 1, isFinal: true), columns: 80, at: 1.12) == "\r\u{1B}[K")
    #expect(line.erase().isEmpty)
  }

  @Test func `no line is wider than the terminal, by columns`() {
    var line = ProgressLine()
    #expect(line.redraw(state("训练训练训练", nil), columns: 8, at: 0) == "\r训练训\u{1B}[K")
  }

  @Test func `a pipe gets a line at every tenth`() {
    var line = ProgressLine()
    var printed: [String] = []
    for step in 0...100 {
      let text = line.print(state("\(step)", Double(step) / 100, isFinal: step == 100), at: Double(step))
      if !text.isEmpty { printed.append(text) }
    }
    #expect(printed == (1...9).map { "\($0 * 10)\n" })
  }

  @Test func `a run without an end gets a line now and then`() {
    var line = ProgressLine()
    let printed = (0..<100).map { line.print(state("\($0)", nil), at: Double($0)) }.filter { !$0.isEmpty }
    #expect(printed == ["30\n", "60\n", "90\n"])
    #expect(line.print(state("x", .nan), at: 1e9) == "x\n")
  }
}
