// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

@testable import Language

/// How many programs each fuzz test makes: 500, or what `EASEL_FUZZ_RUNS` says.
private let runs = ProcessInfo.processInfo.environment["EASEL_FUZZ_RUNS"].flatMap { Int($0) } ?? 500

/// Where the random numbers start: 1, or what `EASEL_FUZZ_SEED` says.
private let seed = ProcessInfo.processInfo.environment["EASEL_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

/// Runs a text to its end, an error, or the limit of patience, and lays out the error.
private func run(_ text: String) -> Diagnostic? {
  let bench = Bench()
  bench.console.patience = 2_000
  bench.run(
    "m = Machine(); v = vector([1, 2, 3]); xs = [1, 2, 3]; r = (a=1, b=2)\nx = 1; y = 2; a = 3; 数 = 4; def f(a=1, b=2) = a"
  )
  let error = bench.run(text)
  let context = DisplayContext(language: .chinese, canvas: TerminalCanvas(columns: 60))
  let lines = error?.lines(context) ?? []
  #expect(lines.count <= 12)
  for line in lines {
    #expect(DisplayWidth.columns(of: line) <= 60, "\(line.debugDescription) of \(text.debugDescription)")
  }
  return error
}

@Test func randomBytesNeverCrash() {
  var random = SplitMix(seed)
  let alphabet = Array("abxf_019.\"'{}[]()|>-+*/%=<>!&?#:;,\n \\@~数（）“”".utf8) + [0, 0x80, 0xC3, 0xFF]
  for _ in 0..<runs {
    let bytes = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
    let text = String(decoding: bytes, as: UTF8.self)
    _ = run(text)
    _ = Parser.completeness(of: text, grammar: BuiltinTable.toys.grammar)
  }
}

@Test func programsMadeFromTheGrammarParseAndNeverCrash() {
  var random = SplitMix(seed)
  for _ in 0..<runs {
    var maker = ProgramMaker(random)
    let text = maker.program()
    random = maker.random
    let completeness = Parser.completeness(of: text, grammar: BuiltinTable.toys.grammar)
    #expect(completeness == .complete, "\(text)")
    let error = run(text)
    #expect(
      error?.kind != .syntax || error?.message.english.contains("twice") == true,
      "\(text)\n\(error.map { "\($0.message)" } ?? "")")
  }
}

@Test func programsWithOneMutationNeverCrash() {
  var random = SplitMix(seed &+ 7)
  for _ in 0..<runs {
    var maker = ProgramMaker(random)
    var bytes = Array(maker.program().utf8)
    random = maker.random
    for _ in 0...random.below(3) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(3) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8(truncatingIfNeeded: random.next() & 0x7F), at: place)
      default: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      }
    }
    _ = run(String(decoding: bytes, as: UTF8.self))
  }
}

/// Prefixes of programs from the grammar, cut between tokens, can all be completed.
@Test func prefixesOfMadeProgramsAreNeverInvalid() {
  var random = SplitMix(seed &+ 13)
  let grammar = BuiltinTable.toys.grammar
  for _ in 0..<runs / 5 {
    var maker = ProgramMaker(random)
    let source = SourceText(maker.program())
    random = maker.random
    var lexer = Lexer(source)
    lexer.run()
    for token in lexer.tokens {
      let prefix = source.text(of: SourceSpan(0, token.span.end))
      #expect(Parser.completeness(of: prefix, grammar: grammar) != .invalid, "\(prefix)")
    }
  }
}
