// SPDX-License-Identifier: Apache-2.0
import Testing

// SPDX-License-Identifier: Apache-2.0
@testable import Language

@Suite struct Widths {
  @Test(arguments: [
    ("abc", 3), ("数据", 4), ("é", 1), ("e\u{301}", 1), ("（）", 4), ("🙂", 2), ("─▀", 2), ("", 0), ("\u{200B}", 0),
    ("한국", 4), ("ｱ", 1), ("\t", 0),
  ])
  func textTakesTheseColumns(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }

  @Test func textIsCutAtWholeCharacters() {
    #expect(DisplayWidth.fitted("数据增强", columns: 8) == "数据增强")
    #expect(DisplayWidth.fitted("数据增强", columns: 7) == "数据增…")
    #expect(DisplayWidth.fitted("数据增强", columns: 6) == "数据…")
  }
}

@Suite struct Layout {
  @Test func sentencesBreakAtBlanks() {
    #expect(TextLayout.wrapped("one two three four", columns: 14, indent: 2) == ["one two three", "  four"])
  }

  @Test func chineseBreaksBetweenCharactersButNotBeforePunctuation() {
    let lines = TextLayout.wrapped("数据增强的方法，有很多。", columns: 14)
    #expect(lines == ["数据增强的方", "法，有很多。"] || lines.allSatisfy { DisplayWidth.columns(of: $0) <= 14 })
    #expect(lines.allSatisfy { !$0.hasPrefix("，") && !$0.hasPrefix("。") })
  }

  @Test func aWordLongerThanALineIsBroken() {
    let lines = TextLayout.wrapped(String(repeating: "x", count: 30), columns: 12, indent: 2)
    #expect(lines.joined().filter { $0 == "x" }.count == 30)
    #expect(lines.allSatisfy { $0.utf8.count <= 12 })
  }
}

@Suite struct NearestNames {
  private let names = ["step", "steps", "samples", "zeros", "zeros_like", "Linear", "parameters", "relu", "exp"]

  @Test(arguments: [
    ("stpe", "step"), ("linear", "Linear"), ("zeroes", "zeros"), ("zeroslike", "zeros_like"), ("param", "parameters"),
    ("smaples", "samples"), ("reul", "relu"), ("stepps", "steps"),
  ])
  func theNearestIsFound(_ typed: String, _ meant: String) {
    #expect(Suggestions.closest(to: typed, in: names) == meant)
  }

  @Test(arguments: ["banana", "xyz", "q", ""])
  func nothingIsSuggestedForWhatIsFar(_ typed: String) {
    #expect(Suggestions.closest(to: typed, in: names) == nil)
  }

  @Test func swappedLettersCountOnce() {
    #expect(Suggestions.editDistance(Array("abcd"), Array("abdc")) == 1)
    #expect(Suggestions.editDistance(Array("abc"), Array("")) == 3)
  }
}

@Suite struct Numbers {
  @Test(arguments: [
    (0.1, "0.1"), (1, "1.0"), (1e16, "1e+16"), (-2.5e-7, "-2.5e-07"), (.infinity, "inf"), (-.infinity, "-inf"),
    (.nan, "nan"),
  ])
  func theShortestTextIsShown(_ number: Double, _ text: String) {
    #expect(NumberText.shortest(number) == text)
  }

  @Test func roundingIsThatOfC() {
    #expect(NumberText.fixed(2.675, 2) == "2.67")
    #expect(NumberText.general(0.0001234, 3) == "0.000123")
    #expect(NumberText.scientific(12345, 2) == "1.23e+04")
    #expect(NumberText.fixed(1e308, 400).utf8.count > 700)
  }

  @Test(arguments: ["", ".2f", ">10", "*^12.3e", "+d", "05d", ",", ".1%", " g", "s", "10s"])
  func theseAreFormats(_ spec: String) { #expect(FormatSpec(spec) != nil) }

  @Test(arguments: [".", "q", "5.f", "1001", "..2f", "2f.", "{}", ".2ff", "99999999999999999999"])
  func theseAreNot(_ spec: String) { #expect(FormatSpec(spec) == nil) }
}

@Suite struct Sources {
  @Test func linesAreFoundByOffset() {
    let source = SourceText("ab\n数\n\nx")
    #expect([0, 2, 3, 6, 7, 8].map { source.line(at: $0) } == [1, 1, 2, 2, 3, 4])
    #expect(source.text(of: source.span(ofLine: 2)) == "数")
    #expect(source.text(of: SourceSpan(-5, 900)) == "ab\n数\n\nx")
    #expect(source.span(ofLine: 99) == SourceSpan(8, 9))
  }

  @Test func carriageReturnsAreNoPartOfALine() {
    let source = SourceText("ab\r\ncd\r\n")
    #expect(source.text(of: source.span(ofLine: 1)) == "ab")
  }

  @Test func tokensKnowTheirBytes() {
    let source = SourceText("数 = f“x”（1）")
    var lexer = Lexer(source)
    lexer.run()
    #expect(lexer.tokens.map { source.text(of: $0.span) } == ["数", "=", "f“x”", "（", "1", "）", ""])
    #expect(lexer.sawFullWidth)
  }
}
