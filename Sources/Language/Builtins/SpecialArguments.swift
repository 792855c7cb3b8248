// SPDX-License-Identifier: Apache-2.0

/// The positional arguments that remain: `*shape`, `*x`.
public struct Rest<Element: ValueConvertible>: ValueConvertible {
  /// The arguments in order.
  public let elements: [Element]

  /// Wraps the elements.
  @inlinable
  public init(_ elements: [Element]) { self.elements = elements }

  /// The name in signatures and messages.
  public static var typeName: String { Element.typeName }
  /// See `Consumption`.
  public static var consumption: Consumption { .positionalRest }
  /// The Swift value; nil when `value` is of another type.
  @inlinable
  public static func convert(_ value: Value) -> Rest<Element>? { try? extract(value) }
  /// The elements; throws `TypeMismatch` when one of them is of another type.
  @inlinable
  public static func extract(_ value: Value) throws -> Rest<Element> {
    guard case .list(let items) = value else { throw TypeMismatch() }
    return Rest(try items.map { try Element.extract($0) })
  }
  /// The value of the command language.
  public var value: Value { elements.value }
}

/// The named arguments that remain: `**modules`, `**changes`.
public struct NamedRest<Element: ValueConvertible>: ValueConvertible {
  /// The arguments in order.
  public let elements: [(name: String, value: Element)]

  /// Wraps the elements.
  public init(_ elements: [(name: String, value: Element)]) { self.elements = elements }

  /// The name in signatures and messages.
  public static var typeName: String { Element.typeName }
  /// See `Consumption`.
  public static var consumption: Consumption { .namedRest }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> NamedRest<Element>? {
    guard case .record(let record) = value else { return nil }
    var elements: [(name: String, value: Element)] = []
    for (name, value) in zip(record.names, record.values) {
      guard let element = Element.convert(value) else { return nil }
      elements.append((name, element))
    }
    return NamedRest(elements)
  }
  /// The value of the command language.
  public var value: Value { .record(Record(elements.map { ($0.name, $0.value.value) })) }
}

/// A function as an argument.
public struct FunctionArgument: ValueConvertible {
  /// The function, or a host object that can be called.
  public let callee: Value

  /// The name in signatures and messages.
  public static var typeName: String { "Function" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> FunctionArgument? {
    switch value {
    case .function: FunctionArgument(callee: value)
    case .host(let object) where object.isCallable: FunctionArgument(callee: value)
    default: nil
    }
  }
  /// The value of the command language.
  public var value: Value { callee }

  /// Calls it with positional arguments.
  public func callAsFunction(_ arguments: Value..., in call: Call) throws -> Value {
    try call.apply(callee, to: Arguments(arguments))
  }
}

/// An argument that is evaluated again whenever the builtin asks: `until=errD < 0.3`.
///
/// A function given in its place is called with a record of the bindings.
public struct LazyArgument: ValueConvertible {
  /// An unevaluated expression, or a function.
  public let expression: Value

  /// The name in signatures and messages.
  public static var typeName: String { "condition" }
  /// Whether the argument is handed over unevaluated.
  public static var isLazy: Bool { true }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> LazyArgument? { LazyArgument(expression: value) }
  /// The value of the command language.
  public var value: Value { expression }

  /// The value now; `bindings` are seen before variables of the same names.
  public func evaluate(with bindings: [(String, Value)] = [], in call: Call) throws -> Value {
    try call.force(expression, with: bindings)
  }

  /// Whether the value now counts as true.
  public func isTrue(with bindings: [(String, Value)] = [], in call: Call) throws -> Bool {
    try call.truth(of: evaluate(with: bindings, in: call))
  }
}

/// A block of statements, given as `{ … }` behind a verb or as `do=`.
public struct BlockArgument: ValueConvertible {
  /// The block, or a function.
  public let body: Value

  /// The name in signatures and messages.
  public static var typeName: String { "block" }
  /// Whether the argument is handed over unevaluated.
  public static var isLazy: Bool { true }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> BlockArgument? { BlockArgument(body: value) }
  /// The value of the command language.
  public var value: Value { body }

  /// Runs the block in the scope where it was written; `bindings` are seen before variables of the same names.
  @discardableResult
  public func run(with bindings: [(String, Value)] = [], in call: Call) throws -> Value {
    try call.force(body, with: bindings)
  }
}
