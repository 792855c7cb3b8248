// SPDX-License-Identifier: Apache-2.0

/// An expression with its place in the source.
public final class Expression: Sendable {
  indirect enum Kind: Sendable {
    case nothing
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case formatted([FormatPart])
    case name(NameNode)
    case tuple([Expression])
    case list([Expression])
    case record([(name: String, value: Expression)])
    case comprehension(ComprehensionNode)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: one operator fewer than operands.
    case comparison([Expression], [ComparisonOperator])
    case all([Expression])
    case any([Expression])
    case conditional(then: Expression, condition: Expression, otherwise: Expression)
    case lambda(FunctionNode)
    case call(CallNode)
    case field(Expression, NameNode)
    case subscripts(Expression, [SubscriptNode])
    case lazy(LazyNode)
  }

  let kind: Kind
  /// Where it stands.
  public let span: SourceSpan

  init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// The operators of comparisons.
enum ComparisonOperator: Sendable {
  case relation(BinaryOperator)
  case contained
  case notContained
}

/// A piece of an f-string.
enum FormatPart: Sendable {
  case text(String)
  case expression(Expression, FormatSpec?)
}

/// One item between the brackets of `x[…]`.
enum SubscriptNode: Sendable {
  case index(Expression)
  case slice(start: Expression?, stop: Expression?, step: Expression?)
  case ellipsis
}

/// `[element for pattern in source if condition]`.
final class ComprehensionNode: Sendable {
  let element: Expression
  let pattern: Pattern
  let source: Expression
  let condition: Expression?

  init(element: Expression, pattern: Pattern, source: Expression, condition: Expression?) {
    self.element = element
    self.pattern = pattern
    self.source = source
    self.condition = condition
  }
}

/// A call in any of its spellings.
final class CallNode: Sendable {
  enum Style: Sendable {
    /// `f(a)`.
    case plain
    /// `a.f(b)`: the callee is the field expression, the arguments are those in parentheses.
    case method
    /// `a |> f(b)`: the arguments include `a`.
    case pipe
    /// `f a b`.
    case command
  }

  let style: Style
  let callee: Expression
  let arguments: [ArgumentNode]

  init(_ style: Style, _ callee: Expression, _ arguments: [ArgumentNode]) {
    self.style = style
    self.callee = callee
    self.arguments = arguments
  }
}

/// One argument of a call.
final class ArgumentNode: Sendable {
  let name: String?
  let value: Expression
  let span: SourceSpan

  init(name: String?, value: Expression, span: SourceSpan) {
    self.name = name
    self.value = value
    self.span = span
  }
}

/// A function that the program defines.
final class FunctionNode: Sendable {
  enum Body: Sendable {
    case expression(Expression)
    case block(Block)
  }

  struct Parameter: Sendable {
    let name: String
    let defaultValue: Expression?
  }

  /// Nil for a lambda.
  let name: String?
  /// They take the first slots of the frame, in order.
  let parameters: [Parameter]
  let body: Body
  /// The names of the variables that a call needs; hidden ones have an empty name.
  let slotNames: [String]
  let span: SourceSpan

  init(name: String?, parameters: [Parameter], body: Body, slotNames: [String], span: SourceSpan) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.slotNames = slotNames
    self.span = span
  }
}

/// An argument that the builtin evaluates when it wants to, in the scope where it was written.
final class LazyNode: Sendable {
  enum Body: Sendable {
    case expression(Expression)
    case block(Block)
  }

  let body: Body
  /// The slots that stand before variables of these names while the builtin gives them values.
  let overlays: [(name: String, slot: Int)]

  init(_ body: Body, overlays: [(name: String, slot: Int)]) {
    self.body = body
    self.overlays = overlays
  }
}
