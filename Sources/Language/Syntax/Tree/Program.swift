// SPDX-License-Identifier: Apache-2.0

/// A parsed input: what the evaluator runs.
public final class Program: Sendable {
  /// The text it was parsed from.
  public let source: SourceText
  /// The statements and session commands in order.
  public let lines: [TopLine]
  /// Whether full-width punctuation was read as ASCII.
  public let usesFullWidthPunctuation: Bool
  /// The names that are looked up in the variables of the top level.
  public let globalNames: [String]
  /// What each use of a name means.
  let resolutions: [Resolution]
  /// How many hidden variables the top level needs, for comprehensions and lazy arguments.
  let hiddenCount: Int

  init(
    source: SourceText, lines: [TopLine], usesFullWidthPunctuation: Bool, globalNames: [String],
    resolutions: [Resolution], hiddenCount: Int
  ) {
    self.source = source
    self.lines = lines
    self.usesFullWidthPunctuation = usesFullWidthPunctuation
    self.globalNames = globalNames
    self.resolutions = resolutions
    self.hiddenCount = hiddenCount
  }
}

/// One statement of the top level, or one session command.
public enum TopLine: Sendable {
  /// `%…` or `?…`.
  case command(SessionCommand)
  /// Anything else.
  case statement(Statement)

  /// Where it stands.
  public var span: SourceSpan {
    switch self {
    case .statement(let statement): statement.span
    case .command(.magic(_, _, let span)), .command(.cellMagic(_, _, _, let span)), .command(.help(_, _, let span)):
      span
    }
  }
}

/// Where the value of a name is found: in a frame, else by the next resolution in the chain.
struct Resolution: Sendable {
  enum Place: Sendable {
    /// A variable of a function, `depth` frames out.
    case local(depth: Int, slot: Int)
    /// An index into the program's `globalNames`.
    case global(Int)
  }

  let place: Place
  /// The resolution to try when the variable has no value yet; -1 for none.
  var fallback = -1
}
