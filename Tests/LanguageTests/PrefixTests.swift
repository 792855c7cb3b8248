// SPDX-License-Identifier: Apache-2.0
import Testing

// SPDX-License-Identifier: Apache-2.0
@testable import Language

/// A program that was typed halfway, up to the end of any token, can always be completed.
@Test(arguments: EaselProgram.all)
func aProgramCutBetweenTokensIsNeverInvalid(_ program: EaselProgram) {
  expectNoInvalidPrefix(of: program.text, BuiltinTable.toys.grammar)
}

@Test(arguments: Listing.all)
func aListingOfTheArticleCutBetweenTokensIsNeverInvalid(_ listing: EaselProgram) {
  let grammar = Listing.grammar
  #expect(Parser.completeness(of: listing.text, grammar: grammar) == .complete)
  expectNoInvalidPrefix(of: listing.text, grammar)
}

private func expectNoInvalidPrefix(of text: String, _ grammar: Grammar) {
  let source = SourceText(text)
  guard Parser.completeness(of: text, grammar: grammar) == .complete else { return }
  var lexer = Lexer(source)
  lexer.run()
  for token in lexer.tokens {
    let prefix = source.text(of: SourceSpan(0, token.span.end))
    #expect(Parser.completeness(of: prefix, grammar: grammar) != .invalid, "cut behind: …\(prefix.suffix(40))")
  }
}
