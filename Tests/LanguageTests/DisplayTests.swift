// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

@Suite struct DisplayTests {
  @Test("A caption is the end of the plain text, and can be taken off it")
  func caption() {
    let display = Display("⣿⣿\n⣿⣿\n2 samples\nof gan", caption: "2 samples\nof gan")
    #expect(display.plainWithoutCaption == "⣿⣿\n⣿⣿")
    #expect(Display("⣿⣿\n2 samples", caption: "2 samples\nlabels: 7 2").plainWithoutCaption == "⣿⣿")
    #expect(Display("⣿⣿\n2 samples").plainWithoutCaption == "⣿⣿\n2 samples")
    #expect(Display("2 samples", caption: "2 samples").plainWithoutCaption == "2 samples")
  }
}
