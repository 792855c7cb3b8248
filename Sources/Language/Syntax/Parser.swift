// SPDX-License-Identifier: Apache-2.0

/// Reads programs by recursive descent: one method for each rule of `protocol/language/grammar.ebnf`, in its order.
///
/// Pure: the same text and grammar give the same answer on any thread.
public struct Parser {
  /// The deepest nesting of brackets, blocks and operators.
  static let depthLimit = 200
  /// The most names in one record, call or list of parameters.
  static let nameLimit = 1000

  let source: SourceText
  let grammar: Grammar
  var tokens: [Token]
  var position = 0
  var scopes = ScopeStack()
  /// The brackets that are open at the position, outermost first.
  var openBrackets: [Token] = []
  var depth = 0
  /// The loops around the position, each with the names that its body assigns.
  var loops: [[NameNode]] = []
  var allowsReturn = false
  /// The first mistake that does not keep the text from being read.
  var staticMistake: Diagnostic?
  /// Whether the tokens are those of an expression inside an f-string, whose end is not that of the input.
  var isEmbedded = false
  private let sawFullWidth: Bool
  let stack = StackGuard()

  init(_ source: SourceText, grammar: Grammar) {
    self.source = source
    self.grammar = grammar
    var lexer = Lexer(source)
    lexer.run()
    tokens = lexer.tokens
    sawFullWidth = lexer.sawFullWidth
  }

  /// The program of a text; throws a syntax error with its place and, for known habits, what to type instead.
  public static func parse(_ source: SourceText, grammar: Grammar) throws(Diagnostic) -> Program {
    var parser = Parser(source, grammar: grammar)
    let program: Program
    do throws(SyntaxFailure) {
      program = try parser.program()
    } catch {
      throw SyntaxHints(parser).improve(error.diagnostic).placed(in: source)
    }
    guard let mistake = parser.staticMistake else { return program }
    throw mistake.placed(in: source)
  }

  /// Whether a text can be run as it stands, for prompts and notebooks.
  public static func completeness(of text: String, grammar: Grammar) -> Completeness {
    var parser = Parser(SourceText(text), grammar: grammar)
    do throws(SyntaxFailure) {
      _ = try parser.program()
      return .complete
    } catch {
      return error.isAtEnd ? .incomplete(indent: 2 * parser.openBrackets.count) : .invalid
    }
  }

  mutating func finish(_ lines: [TopLine]) -> Program {
    let hidden = scopes.closeTopLevel()
    return Program(
      source: source, lines: lines, usesFullWidthPunctuation: sawFullWidth, globalNames: scopes.globalNames,
      resolutions: scopes.resolutions, hiddenCount: hidden)
  }
}

/// A text that is not a program.
///
/// An object, so that it takes little room in the many frames of a deep descent.
final class SyntaxFailure: Error {
  let diagnostic: Diagnostic
  /// Whether more input could make it one.
  let isAtEnd: Bool

  init(diagnostic: Diagnostic, isAtEnd: Bool) {
    self.diagnostic = diagnostic
    self.isAtEnd = isAtEnd
  }
}
