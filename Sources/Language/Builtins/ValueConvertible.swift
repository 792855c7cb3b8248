// SPDX-License-Identifier: Apache-2.0

/// A Swift type that arguments arrive as and results leave as.
public protocol ValueConvertible: SendableMetatype {
  /// The name of the type in signatures and messages, such as `Int` or `Trainer`.
  static var typeName: String { get }
  /// How many arguments of a call go into one parameter of this type.
  static var consumption: Consumption { get }
  /// Whether the argument is handed over unevaluated.
  static var isLazy: Bool { get }
  /// The Swift value; nil when `value` is of another type.
  static func convert(_ value: Value) -> Self?
  /// The Swift value of an argument; throws `TypeMismatch` when `value` is of another type.
  ///
  /// The same as `convert`, without an optional: in code that is generic over the type that is much cheaper.
  static func extract(_ value: Value) throws -> Self
  /// Whether `convert` gives a value.
  static func accepts(_ value: Value) -> Bool
  /// The value of the command language.
  var value: Value { get }
}

/// A value of another type than the parameter's.
public struct TypeMismatch: Error {
  /// Makes the error.
  public init() {}
}

/// How many arguments of a call go into one parameter.
public enum Consumption: Sendable {
  /// One.
  case single
  /// All positional arguments that remain; they arrive as a `.list`.
  case positionalRest
  /// All named arguments that no other parameter takes; they arrive as a `.record`.
  case namedRest
}

extension ValueConvertible {
  /// See `Consumption`.
  public static var consumption: Consumption { .single }
  /// Whether the argument is handed over unevaluated.
  public static var isLazy: Bool { false }
  /// What `convert` gives.
  @inlinable
  public static func extract(_ value: Value) throws -> Self {
    guard let converted = convert(value) else { throw TypeMismatch() }
    return converted
  }
  /// Whether `convert` gives a value.
  @inlinable
  public static func accepts(_ value: Value) -> Bool { convert(value) != nil }
}

extension Value: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "any" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> Value? { value }
  /// The value of the command language.
  public var value: Value { self }
}

extension Bool: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Bool" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> Bool? {
    guard case .bool(let flag) = value else { return nil }
    return flag
  }
  /// The value of the command language.
  public var value: Value { .bool(self) }
}

extension Int: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Int" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> Int? {
    guard case .int(let number) = value else { return nil }
    return number
  }
  /// The value of the command language.
  public var value: Value { .int(self) }
}

extension Double: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Float" }
  /// Takes whole numbers too.
  public static func convert(_ value: Value) -> Double? {
    switch value {
    case .float(let number): number
    case .int(let number): Double(number)
    case .host(let object) where object.isNumber: object.number
    default: nil
    }
  }
  /// The value of the command language.
  public var value: Value { .float(self) }
}

extension String: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "String" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> String? {
    guard case .string(let text) = value else { return nil }
    return text
  }
  /// The value of the command language.
  public var value: Value { .string(self) }
}

extension Record: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Record" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> Record? {
    guard case .record(let record) = value else { return nil }
    return record
  }
  /// The value of the command language.
  public var value: Value { .record(self) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { Wrapped.typeName }
  /// Whether the argument is handed over unevaluated.
  public static var isLazy: Bool { Wrapped.isLazy }
  /// The Swift value; nil when `value` is of another type.
  @inlinable
  public static func extract(_ value: Value) throws -> Wrapped? {
    if case .nothing = value { return nil }
    return try Wrapped.extract(value)
  }
  /// `None`, or what the wrapped type accepts.
  @inlinable
  public static func accepts(_ value: Value) -> Bool {
    if case .nothing = value { true } else { Wrapped.accepts(value) }
  }
  /// The wrapped value; `None` is nil.
  @inlinable
  public static func convert(_ value: Value) -> Wrapped?? {
    if case .nothing = value { return .some(nil) }
    guard let wrapped = Wrapped.convert(value) else { return nil }
    return .some(wrapped)
  }
  /// The value of the command language.
  @inlinable
  public var value: Value {
    if let wrapped = self { wrapped.value } else { .nothing }
  }
}

extension Array: ValueConvertible where Element: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "List" }
  /// Takes lists and tuples whose elements all convert.
  @inlinable
  public static func convert(_ value: Value) -> [Element]? {
    switch value {
    case .list(let items), .tuple(let items):
      var elements: [Element] = []
      elements.reserveCapacity(items.count)
      for item in items {
        guard let element = Element.convert(item) else { return nil }
        elements.append(element)
      }
      return elements
    default: return nil
    }
  }
  /// The value of the command language.
  @inlinable
  public var value: Value { .list(map { $0.value }) }
}
