// SPDX-License-Identifier: Apache-2.0

/// The smallest piece of a program that means something.
struct Token: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case name(String)
    case integer(Int)
    case number(Double)
    /// `8x8`.
    case size([Int])
    case string(String)
    /// `f"…"`.
    case formatted([FormatPiece])
    case keyword(Keyword)
    case symbol(Symbol)
    case newline
    /// A magic or help line.
    indirect case sessionCommand(SessionCommand)
    /// Characters that are no token here but that people of other languages type, such as `&&`.
    case stray(String)
    /// Characters that are no token anywhere, with what is wrong about them.
    indirect case invalid(Diagnostic)
    case end
  }

  let kind: Kind
  let span: SourceSpan
  /// For an opening bracket, the index of the token that closes it; -1 when nothing does.
  var partner = -1
}

/// A piece of an f-string before its expressions are parsed.
enum FormatPiece: Sendable, Hashable {
  case text(String)
  /// The bytes between the braces, and the format spec behind the colon.
  case expression(SourceSpan, spec: String?)
}

/// Words that cannot be variables.
enum Keyword: String, Sendable, CaseIterable {
  case and, or, not, `in`, `if`, `else`, `for`, `while`, `repeat`, `break`, `continue`, def, `return`, with
  case `true` = "True"
  case `false` = "False"
  case nothing = "None"

  /// By spelling.
  static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// Whether a line that ends with it goes on.
  var continuesLine: Bool {
    switch self {
    case .and, .or, .not, .in, .if, .else: true
    default: false
    }
  }
}

/// Punctuation and operators.
enum Symbol: String, Sendable, CaseIterable {
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case dot = "."
  case ellipsis = "..."
  case assign = "="
  case addAssign = "+="
  case subtractAssign = "-="
  case multiplyAssign = "*="
  case divideAssign = "/="
  case matrixMultiplyAssign = "@="
  case arrow = "->"
  case pipe = "|>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case power = "**"
  case at = "@"

  /// By spelling.
  static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The bracket that closes this one.
  var closing: Symbol? {
    switch self {
    case .openParenthesis: .closeParenthesis
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }

  /// Whether a line that ends with it goes on.
  var continuesLine: Bool {
    switch self {
    case .closeParenthesis, .closeBracket, .closeBrace, .semicolon, .dot, .ellipsis, .colon: false
    default: true
    }
  }

  /// The operator of `x += 1` and its like.
  var augmentedOperator: BinaryOperator? {
    switch self {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    case .matrixMultiplyAssign: .matrixMultiply
    default: nil
    }
  }

  /// The operators between the terms of a sum.
  var sumOperator: BinaryOperator? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    default: nil
    }
  }

  /// The operators between the factors of a term.
  var termOperator: BinaryOperator? {
    switch self {
    case .times: .multiply
    case .slash: .divide
    case .doubleSlash: .floorDivide
    case .percent: .remainder
    case .at: .matrixMultiply
    default: nil
    }
  }
}
