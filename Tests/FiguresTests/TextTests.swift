// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "columns of a text",
    arguments: [
      ("", 0), ("abc", 3), ("数据", 4), ("ＧＡＮ", 6), ("한글", 4), ("ﾊﾝ", 2), ("naïve", 5), ("nai\u{308}ve", 5),
      ("e\u{301}\u{323}", 1), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤\u{FE0F}", 2), ("❤", 1),
      ("\u{200B}\u{200D}", 0), ("\u{1B}[1m", 3), ("⣿▁│", 3), ("\u{1112}\u{1161}\u{11AB}", 2), ("한", 2), ("→μ±", 3),
    ])
  func width(text: String, columns: Int) {
    #expect(text.displayWidth() == columns)
  }

  @Test(
    "ambiguous characters where they are wide",
    arguments: [("▀█▁│─", 10), ("μσ±×…·→", 14), ("⣿⠿░−", 4), ("ascii", 5), ("数", 2)])
  func ambiguous(text: String, columns: Int) {
    #expect(text.displayWidth(ambiguousIsWide: true) == columns)
  }
}

@Suite("Fitting text")
struct FittingTests {
  @Test("padding and cutting count columns, not characters")
  func padding() {
    #expect("数".padded(to: 4) == "数  ")
    #expect("数".rightAligned(to: 4) == "  数")
    #expect("数据增强".cut(to: 5) == "数据…")
    #expect("数据增强".cut(to: 6) == "数据…")
    #expect("abc".cut(to: 3) == "abc")
    #expect("abcd".cut(to: 3, ellipsis: "...") == "...")
    #expect("abcd".cut(to: 2, ellipsis: "...") == "  ")
    #expect("abcd".cut(to: -1) == "")
  }

  @Test("lines break at blanks and between ideographs, and long words are split")
  func wrapping() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("one two three four".wrapped(to: 10, indent: 2) == ["one two", "  three", "  four"])
    #expect("数据增强数据".wrapped(to: 5) == ["数据", "增强", "数据"])
    #expect("abcdefgh".wrapped(to: 3) == ["abc", "def", "gh"])
    #expect("数据，增强".wrapped(to: 4) == ["数", "据，", "增强"])
    #expect("".wrapped(to: 3) == [""])
    #expect("a\nb".wrapped(to: 3) == ["a", "b"])
    for columns in 1...20 {
      #expect(
        "a b 数据 lengthier words 增强".wrapped(to: columns, indent: 2).allSatisfy { $0.displayWidth() <= max(2, columns) })
    }
  }

  @Test("what a terminal would obey is disarmed")
  func control() {
    #expect("a\u{1B}[31mb\u{7}\nc\td\u{9B}e\u{202E}f".onOneLine == "a?[31mb? c d?e?f")
    #expect("数据 ok".onOneLine == "数据 ok")
  }
}

@Suite("Numerals")
struct NumeralsTests {
  @Test(
    "fixed decimals",
    arguments: [
      (3.14159, 2, "3.14"), (2.675, 2, "2.68"), (-0.004, 2, "0.00"), (0.5, 0, "1"), (9.995, 2, "10.00"),
      (0, 3, "0.000"),
      (123456.75, 1, "123456.8"), (1e300, 2, "1.000e+300"), (1e-300, 2, "0.00"), (-7, 0, "-7"), (0.05, 1, "0.1"),
      (99.96, 1, "100.0"), (.nan, 2, "NaN"), (-.infinity, 2, "-Inf"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Numerals.fixed(value, decimals) == text)
  }

  @Test(
    "scientific form",
    arguments: [
      (0.066, 2, "6.6e-02"), (-5.8e-6, 2, "-5.8e-06"), (9.99, 2, "1.0e+01"), (0, 2, "0.0e+00"), (1, 1, "1e+00"),
      (1.5e-300, 2, "1.5e-300"), (.infinity, 2, "Inf"),
    ])
  func scientific(value: Double, digits: Int, text: String) {
    #expect(Numerals.scientific(value, digits) == text)
  }

  @Test(
    "significant digits",
    arguments: [
      (0.0002, "0.0002"), (1e-5, "1e-05"), (1.23456e-5, "1.235e-05"), (123456, "123456"), (1234567, "1.235e+06"),
      (2.0, "2"), (-0.0, "0"), (0.1, "0.1"), (3.14159, "3.142"), (12345.6, "12346"), (1e20, "1e+20"),
    ])
  func short(value: Double, text: String) {
    #expect(Numerals.short(value) == text)
  }

  @Test(
    "counts with a prefix",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1.0k"), (7812, "7.8k"), (101_000, "101k"), (999_600, "1.0M"), (2_400_000, "2.4M"),
    ])
  func count(value: Double, text: String) {
    #expect(Numerals.count(value) == text)
  }
}

@Suite("Numbers on one line")
struct NumberSummaryTests {
  @Test("the line of an ordinary tensor")
  func ordinary() {
    let values = (0..<64).map { Float($0 - 32) / 10 }
    #expect(NumberSummary(values).line() == "−3.2 … 3.1  mean −0.05  sd 1.86  █▇▇█▇▇█▇▇█")
    #expect(NumberSummary(values).line(.ascii) == "-3.2 ... 3.1  mean -0.05  sd 1.86  9889889889")
  }

  @Test("few values, one value, zeros, nothing")
  func special() {
    #expect(NumberSummary([1, 2, 3, 4.5]).line() == "1 … 4.5  mean 2.625  sd 1.49")
    #expect(NumberSummary([7, 7, 7]).line() == "all 7")
    #expect(NumberSummary([0, 0]).line() == "all zeros")
    #expect(NumberSummary([]).line() == "empty")
  }

  @Test("what is not finite is counted and left out of the rest")
  func notFinite() {
    let summary = NumberSummary([.nan, 1, .infinity, 3, -.infinity, .nan])
    #expect(summary.line() == "1 … 3  mean 2  sd 1.41  NaN ×2  +Inf ×1  −Inf ×1")
    #expect(NumberSummary([.nan]).line() == "NaN ×1")
    #expect(summary.finite == 2)
  }

  @Test("very small and very large numbers are written with exponents")
  func magnitudes() {
    #expect(NumberSummary([1e-6, 2.34567e-6]).line() == "1e-06 … 2.35e-06  mean 1.67e-06  sd 9.52e-07")
    #expect(NumberSummary([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]).line().contains("3.40e+38"))
  }
}

@Suite("Sparklines")
struct SparklineTests {
  @Test("heights of counts")
  func heights() {
    #expect(Sparkline.heights(of: [0, 1, 4, 8, 4, 0]) == "▁▂▅█▅▁")
    #expect(Sparkline.heights(of: [0, 1, 5, 9], .ascii) == "0159")
    #expect(Sparkline.heights(of: [0, 0]) == "▁▁")
  }

  @Test("the course of a series with a gap")
  func course() {
    #expect(Sparkline.course(of: [1, 2, .nan, 4], columns: 10) == "▁▃ █")
    #expect(Sparkline.course(of: [5, 5], columns: 9) == "▅▅")
    #expect(Sparkline.course(of: (0..<100).map(Double.init), columns: 8) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.course(of: [], columns: 9) == "")
  }
}
