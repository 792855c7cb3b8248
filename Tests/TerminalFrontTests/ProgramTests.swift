// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import Testing

@testable import TerminalFront

/// A file without a name, whose contents are read at the end.
struct Capture {
  let descriptor: Int32

  init() throws {
    var template = Array("/tmp/easel-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw NoFile() }
    unlink(&template)
  }

  /// What was written; the file is closed.
  func contents() -> String {
    defer { close(descriptor) }
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &piece, piece.count), count > 0 { bytes += piece[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The system has no file left.
struct NoFile: Error {}

/// Runs a program as a pipe would.
struct PipedRun {
  let output: String
  let errors: String
  let exit: ProgramRunner.Exit

  init(_ code: String, keepsGoing: Bool = false, printsInputs: Bool = false) throws {
    let (output, errors) = try (Capture(), Capture())
    let capabilities = Capabilities(
      Appearance(), environment: Environment(variables: ["LANG": "C.UTF-8"], isTerminal: false), input: -1,
      output: output.descriptor)
    let session = Session(
      table: BuiltinTable(), options: Session.Options(canvas: { capabilities.textCanvas }, showsPages: true))
    let renderer = TerminalRenderer(
      capabilities, interrupt: session.interrupt, input: -1, output: output.descriptor, errors: errors.descriptor)
    let runner = ProgramRunner(
      session: session, renderer: renderer, keepsGoing: keepsGoing, printsInputs: printsInputs)
    exit = runner.run(code, name: "p.easel")
    self.output = output.contents()
    self.errors = errors.contents()
  }
}

struct ProgramTests {
  @Test func `values are shown, assignments are not, and nothing but text comes out`() throws {
    let run = try PipedRun("#!/usr/bin/env easel\nx = 1\nx + 1\nprint(\"hi\")\n")
    #expect(run.output == "2\nhi\n" && run.errors.isEmpty && run.exit == .ok)
  }

  @Test func `the first error goes to the error stream with file and line, and ends the program`() throws {
    let run = try PipedRun("1\n\nnothere\n2\n")
    #expect(run.output == "1\n" && run.exit == .failed)
    #expect(run.errors.hasPrefix("p.easel:3: NameError"))
    #expect(!run.errors.contains("\u{1B}"))
  }

  @Test func `a program can be told to go on after errors`() throws {
    let run = try PipedRun("nothere\n2\n{\nif True {\n  alsonot\n}\n3", keepsGoing: true)
    #expect(run.exit == .failed)
    #expect(run.errors.contains("p.easel:1: NameError"))
    #expect(run.output.contains("2\n"))
  }

  @Test func `a transcript prints what a prompt would`() throws {
    let run = try PipedRun("x = 1\n\nfor i in range(2) {\n  print(i)\n}\nx\n  |> str\nnothere\n2", printsInputs: true)
    #expect(
      run.output.hasPrefix(
        ">> x = 1\nx: 1\n>> for i in range(2) {\n..   print(i)\n.. }\n0\n1\n>> x\n..   |> str\n\"1\"\n>> nothere\n"))
    #expect(run.output.contains("NameError") && run.errors.isEmpty && run.exit == .failed)
    #expect(!run.output.contains(">> 2"))
  }

  @Test func `leaving ends a program well`() throws {
    let run = try PipedRun("1\nexit\n2", keepsGoing: true)
    #expect(run.output == "1\n" && run.exit == .ok)
  }

  @Test func `statements are found by their ends`() {
    let grammar = BuiltinTable().grammar
    let isComplete = { (text: String) in
      if case .incomplete = Parser.completeness(of: text, grammar: grammar) { false } else { true }
    }
    let program = Program("a = 1\n\nif a {\n}\nelse {\n}\nx = [\n1]\n%%time\na\nb", isComplete: isComplete)
    #expect(program.inputs.map(\.code) == ["a = 1", "if a {\n}\nelse {\n}", "x = [\n1]", "%%time\na\nb"])
    #expect(program.inputs.map(\.line) == [1, 3, 7, 9])
    #expect(Program("", isComplete: isComplete).inputs.isEmpty)
    #expect(Program("f(", isComplete: isComplete).inputs.map(\.code) == ["f("])
  }
}

struct CompletionTableTests {
  private let matches = [
    Completion.Match("steps", .field, signature: "Int"), Completion.Match("step", .function, signature: ".step(n=1)"),
  ]

  @Test func `few are listed with kinds and signatures`() {
    let text = CompletionTable(matches: matches, canvas: TerminalCanvas(), language: .english).text
    #expect(text == "  steps  field  Int\n  step   ƒ      .step(n=1)\n")
  }

  @Test func `many are listed in columns, and no more than fit`() {
    let many = (0..<200).map { Completion.Match("name\($0)", .variable) }
    let lines = CompletionTable(matches: many, canvas: TerminalCanvas(columns: 40, rows: 12), language: .english).text
      .split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines.last?.hasSuffix("more lines") == true)
    #expect(lines.allSatisfy { DisplayWidth.columns(of: String($0)) < 40 })
  }
}
