// SPDX-License-Identifier: Apache-2.0

/// The operators with two sides.
public enum BinaryOperator: String, Sendable, CaseIterable {
  /// Addition; joins strings, lists and tuples.
  case add = "+"
  /// Subtraction.
  case subtract = "-"
  /// Multiplication, elementwise; repeats strings and lists.
  case multiply = "*"
  /// True division.
  case divide = "/"
  /// Division rounded down.
  case floorDivide = "//"
  /// The remainder with the sign of the divisor.
  case remainder = "%"
  /// Power.
  case power = "**"
  /// Matrix product.
  case matrixMultiply = "@"
  /// Equality.
  case equal = "=="
  /// Inequality.
  case notEqual = "!="
  /// Less.
  case less = "<"
  /// Less or equal.
  case lessOrEqual = "<="
  /// Greater.
  case greater = ">"
  /// Greater or equal.
  case greaterOrEqual = ">="
  /// Both; hosts see it only when they are elementwise.
  case and = "and"
  /// Either; hosts see it only when they are elementwise.
  case or = "or"
}

/// The operators with one side.
public enum UnaryOperator: String, Sendable, CaseIterable {
  /// Negation.
  case negative = "-"
  /// Leaves a number as it is.
  case positive = "+"
  /// Logical negation; hosts see it only when they are elementwise.
  case not = "not"
}

/// One item between the brackets of `x[…]`.
public enum Subscript {
  /// A single value: an index, a list of indices, a mask, `None`.
  case index(Value)
  /// `start:stop:step`; what was left out is nil.
  case slice(start: Value?, stop: Value?, step: Value?)
  /// `...`.
  case ellipsis
}
