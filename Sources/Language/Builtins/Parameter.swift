// SPDX-License-Identifier: Apache-2.0

/// A parameter of a builtin: its name, what it means, its default, and the type that its argument arrives as.
public struct Parameter<Argument: ValueConvertible>: Sendable {
  /// What help, completion and the binder know of it.
  public let description: ParameterDescription

  /// Declares a parameter.
  ///
  /// Without a default it must be given, unless it takes the rest. `choices` limit and complete it.
  public init(_ name: String, _ text: Text, default value: Literal? = nil, among choices: Choices? = nil) {
    description = ParameterDescription(
      name: name, text: text, typeName: Argument.typeName, defaultValue: value, choices: choices,
      consumption: Argument.consumption, isLazy: Argument.isLazy, accepts: { Argument.accepts($0) })
  }
}

/// A parameter without its Swift type.
public final class ParameterDescription: Sendable {
  /// The name, usable as `name=`.
  public let name: String
  /// What it means.
  public let text: Text
  /// The type in signatures and messages.
  public let typeName: String
  /// The value when it is left out; nil when it must be given.
  public let defaultValue: Literal?
  /// What it may be, for checks and completion.
  public let choices: Choices?
  /// How many arguments go into it.
  public let consumption: Consumption
  /// Whether its argument is handed over unevaluated.
  public let isLazy: Bool
  /// Whether a value has the right type.
  public let accepts: @Sendable (Value) -> Bool

  init(
    name: String, text: Text, typeName: String, defaultValue: Literal?, choices: Choices?, consumption: Consumption,
    isLazy: Bool, accepts: @escaping @Sendable (Value) -> Bool
  ) {
    self.name = name
    self.text = text
    self.typeName = typeName
    self.defaultValue = defaultValue
    self.choices = choices
    self.consumption = consumption
    self.isLazy = isLazy
    self.accepts = accepts
  }

  /// Whether a call may leave it out.
  public var isOptional: Bool { defaultValue != nil || consumption != .single }
}

/// What an argument may be.
public enum Choices: Sendable, Hashable {
  /// One of these words; anything else is an error with a suggestion.
  case words([String])
  /// The name of a part of the first argument, such as `"D"`.
  case partsOfFirstArgument
  /// The name of a data set, or a path.
  case dataSets
  /// The path of a file.
  case paths
}

/// A default value, as it would be typed.
public enum Literal: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// `None`.
  case nothing
  /// `True` or `False`.
  case bool(Bool)
  /// A whole number.
  case int(Int)
  /// A number.
  case float(Double)
  /// Text.
  case string(String)
  /// A tuple.
  case tuple([Literal])
  /// A list.
  case list([Literal])

  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .float(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// `True` or `False`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: Literal...) { self = .list(elements) }

  /// The value of the command language.
  public var value: Value {
    switch self {
    case .nothing: .nothing
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .tuple(let items): .tuple(items.map(\.value))
    case .list(let items): .list(items.map(\.value))
    }
  }
}
