// SPDX-License-Identifier: Apache-2.0

/// A statement with its place in the source.
public final class Statement: Sendable {
  indirect enum Kind: Sendable {
    case expression(Expression)
    case assign(Target, Expression)
    case augmented(Target, BinaryOperator, Expression)
    case branch([(condition: Expression, body: Block)], otherwise: Block?)
    case loop(LoopNode)
    case with([Expression], Block)
    case define(NameNode, FunctionNode)
    case giveBack(Expression?)
    case leaveLoop
    case nextRound
  }

  let kind: Kind
  /// Where it stands.
  public let span: SourceSpan
  /// Whether `;` at the end of the line keeps it from showing its value.
  let isSilent: Bool

  init(_ kind: Kind, _ span: SourceSpan, isSilent: Bool = false) {
    self.kind = kind
    self.span = span
    self.isSilent = isSilent
  }

  /// The same statement, told not to show its value.
  func silenced() -> Statement { Statement(kind, span, isSilent: true) }
}

/// `{ … }`.
struct Block: Sendable {
  let statements: [Statement]
  let span: SourceSpan
}

/// `for`, `while` and `repeat`.
final class LoopNode: Sendable {
  enum Kind: Sendable {
    case each(Pattern, Expression)
    case whileTrue(Expression)
    /// Forever when there is no count.
    case count(Expression?)
  }

  let kind: Kind
  let body: Block
  /// Names that the body assigns, in order; a long loop shows their numbers.
  let assigned: [NameNode]

  init(_ kind: Kind, _ body: Block, assigned: [NameNode]) {
    self.kind = kind
    self.body = body
    self.assigned = assigned
  }
}

/// What `for` and comprehensions bind.
indirect enum Pattern: Sendable {
  case name(NameNode)
  case discard
  case tuple([Pattern], SourceSpan)
}

/// What `=` binds.
indirect enum Target: Sendable {
  case name(NameNode)
  case discard(SourceSpan)
  /// The expression and the target both stand for what is before the dot.
  case field(Expression, Target, name: NameNode, SourceSpan)
  /// The expression and the target both stand for what is before the bracket.
  case subscripts(Expression, Target, [SubscriptNode], SourceSpan)
  case tuple([Target], SourceSpan)

  var span: SourceSpan {
    switch self {
    case .name(let name): name.span
    case .discard(let span), .field(_, _, _, let span), .subscripts(_, _, _, let span), .tuple(_, let span): span
    }
  }
}

/// One use of a name.
final class NameNode: Sendable {
  let text: String
  let span: SourceSpan
  /// Index into the program's resolutions.
  let use: Int
  /// Tells quickly that it is not the name of a field.
  let mark: UInt64

  init(text: String, span: SourceSpan, use: Int) {
    mark = FieldTable.mark(of: text)
    self.text = text
    self.span = span
    self.use = use
  }
}
